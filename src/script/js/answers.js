// What functions in settings do, told from what they make of samples.
(function (host, library) {
  // Each call has its own arguments. What throws, and what gives no text, has no answer.
  library.answers = (work, samples) =>
    samples.map((args) => {
      try {
        const made = work(...args)
        return [...args, typeof made === 'string' ? made : null]
      } catch {
        return [...args, null]
      }
    })

  // How the paths begin that a function looks for, by the texts in it.
  const BEGINNINGS = ['@', '@/', '~', '~/', '~@/', '#', '#/', '$', '/', './', '']
  library.beginnings = (work) => {
    const written = Function.prototype.toString.call(work)
    const texts = [...written.matchAll(/(['"`])([^'"`\\\n]{1,60})\1/g)].map((found) => found[2])
    const inPatterns = [...written.matchAll(/\/\^((?:\\?[^\\\/\n()[\]|?*+.]){1,60})/g)].map((found) => found[1].replace(/\\/g, ''))
    const likely = [...texts, ...inPatterns].filter((text) => !/^\.|\s/.test(text)).slice(0, 20)
    return [...new Set([...BEGINNINGS, ...likely, ...likely.filter((text) => !text.endsWith('/')).map((text) => `${text}/`)])]
  }

  library.paths = (work) => {
    const samples = []
    for (const beginning of library.beginnings(work)) {
      samples.push([`${beginning}one.md`, `${host.root}/here`], [`${beginning}one.md`, `${host.root}/there/far`])
      samples.push([`${beginning}in/two.md`, `${host.root}/here`])
    }
    return library.answers(work, samples)
  }

  // Where a page is edited, told with the mark that stands for its path.
  library.page = (work) => {
    const at = (path) =>
      work({ filePath: path, relativePath: path, title: '', description: '', headers: [], frontmatter: {}, params: {} })
    try {
      const made = at(':path')
      if (typeof made !== 'string') return []
      // One that looks at how paths begin follows no pattern.
      const folders = library.beginnings(work).filter((text) => /^\w/.test(text)).map((text) => `${text.replace(/\/*$/, '')}/:path`)
      const named = [...Function.prototype.toString.call(work).matchAll(/['"`]([^'"`\n]{1,80}\.md)['"`]/g)].map((found) => found[1])
      return [...folders, ...named, 'one.md', 'one/two.md'].every((path) => at(path) === made.replace(':path', () => path)) ? [made] : []
    } catch {
      return []
    }
  }

  // The HTML around the text of a container, told with the mark that stands for its title: `before` and `after`, or what `render`
  // writes at its begin and its end.
  const TITLE = ':title'
  library.around = (container) => {
    const word = container.type
    if (typeof word !== 'string') return undefined
    const told = {}
    for (const name of ['before', 'after']) {
      try {
        const html = typeof container[name] === 'function' ? container[name](TITLE) : undefined
        if (typeof html === 'string') told[name] = html
      } catch {}
    }
    try {
      if (typeof container.render === 'function') {
        const written = [[1, ` ${word} ${TITLE}`], [-1, '']].map(([nesting, info]) =>
          container.render([{ nesting, info, type: 'container' }], 0),
        )
        if (written.every((html) => typeof html === 'string')) [told.before, told.after] = written
      }
    } catch {}
    return told
  }

  // What a function does to markdown-it: the plugins that it uses, the options that it sets, and what else it changes.
  library.markdownIt = (work) => {
    const done = []
    const part = (name) =>
      new Proxy(function () {}, {
        get: (_, key) => (typeof key === 'symbol' || key === 'then' ? undefined : part(name)),
        set: () => (done.push(['change', name]), true),
        apply: () => (done.push(['change', name]), part(name)),
      })
    const known = {
      options: {},
      use(plugin, ...rest) {
        const name = library.nameOf(plugin) || (plugin && (plugin.name || library.nameOf(plugin.default))) || ''
        done.push(['plugin', String(name)])
        return md
      },
      set(options) {
        for (const key of Object.keys(options || {})) done.push(['option', key, options[key]])
        return md
      },
      enable: () => md,
      disable: () => md,
      configure: () => md,
    }
    const md = new Proxy(known, {
      get: (target, key) => (key in target || typeof key === 'symbol' || key === 'then' ? target[key] : part(String(key))),
      set: (_, key) => (done.push(['change', String(key)]), true),
    })
    try {
      work(md)
    } catch {
      done.push(['change', 'more'])
    }
    return done
  }
})
