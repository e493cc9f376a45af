// The packages of VuePress and VitePress: what their helpers do to settings. Themes and plugins become plain data,
// `{ $theme, options }` and `{ $plugin, options }`.
(function (host, library) {
  const same = (value) => value
  const tagged = (kind, name) => library.named((options) => ({ [kind]: name, options: options || {} }), name)

  const bundlers = { viteBundler: tagged('$bundler', 'vite'), webpackBundler: tagged('$bundler', 'webpack') }
  const dirname = (address) => library.path.dirname(library.url.fileURLToPath(address))
  const utils = {
    path: library.path,
    fs: library.fs,
    getDirname: Object.assign(dirname, { url: dirname }),
    logger: console,
    debug: () => () => {},
    isString: (value) => typeof value === 'string',
    isFunction: (value) => typeof value === 'function',
    isPlainObject: (value) => Object.prototype.toString.call(value) === '[object Object]',
    isLinkHttp: (link) => /^(https?:)?\/\//.test(link),
    isLinkExternal: (link) => /^(https?:)?\/\//.test(link),
    ensureEndingSlash: (text) => (text.endsWith('/') ? text : `${text}/`),
    ensureLeadingSlash: (text) => (text.startsWith('/') ? text : `/${text}`),
    removeEndingSlash: (text) => text.replace(/\/$/, ''),
    removeLeadingSlash: (text) => text.replace(/^\//, ''),
    globby: library.tools.globby,
    tinyglobby: library.tools.tinyglobby,
    matter: library.tools['gray-matter'],
    colors: new Proxy({}, { get: () => String }),
    chalk: new Proxy({}, { get: () => String }),
  }
  // The variables of `.env` files and of the environment, as Vite gives them: those whose names begin as is asked.
  const loadEnv = (mode, folder = host.root, beginnings = 'VITE_') => {
    const found = {}
    for (const name of ['.env', '.env.local', `.env.${mode}`, `.env.${mode}.local`]) {
      const path = library.path.resolve(host.root, String(folder), name)
      if (!library.fs.existsSync(path)) continue
      const text = library.fs.readFileSync(path, 'utf8')
      const line = /^[^\S\n]*(?:export\s+)?([\w.-]+)[^\S\n]*=[^\S\n]*(?:'([^']*)'|"([^"]*)"|`([^`]*)`|([^#\n]*))/gm
      for (const [, name, single, double, back, bare] of text.matchAll(line)) {
        const of = (whole, name) => found[name] ?? library.node.process.env[name] ?? ''
        found[name] = single ?? (double ?? back ?? bare.trim()).replace(/\$\{(\w+)\}/g, of)
      }
    }
    const all = Object.entries({ ...found, ...library.node.process.env })
    return Object.fromEntries(all.filter(([name]) => [beginnings].flat().some((beginning) => name.startsWith(beginning))))
  }
  const vite = { loadEnv, mergeConfig: (a, b) => ({ ...a, ...b }), searchForWorkspaceRoot: () => host.root }
  const dir = { ...utils, ...bundlers, defaultTheme: tagged('$theme', 'default') }

  const exact = {
    vuepress: dir,
    'vuepress-vite': dir,
    'vuepress-webpack': dir,
    'vuepress/utils': utils,
    'vuepress/shared': utils,
    '@vuepress/utils': utils,
    '@vuepress/shared': utils,
    '@vuepress/shared-utils': utils,
    'vuepress/cli': {},
    'vuepress/core': {},
    'vuepress/config': {},
    '@vuepress/cli': {},
    '@vuepress/core': {},
    '@vuepress/helper': utils,
    '@vuepress/bundler-vite': bundlers,
    '@vuepress/bundler-webpack': bundlers,
    vitepress: vite,
    'vitepress/config': vite,
    vite,
  }

  const THEME = /^(?:@vuepress\/theme-|vuepress-theme-|@[\w-]+\/vuepress-theme-?|vitepress-theme-)([\w-]*)/
  const PLUGIN = /^(?:@vuepress\/plugin-|vuepress-plugin-|@[\w-]+\/vuepress-plugin-|vitepress-plugin-)([\w-]+)/
  // Helpers that only tell TypeScript what they are given.
  const IDENTITY = /^(define|with)[A-Z]|^(array)?([sS]ide|[nN]av)bar|[cC]onfig$/

  const members = (name, make) => {
    const rest = library.standIn(name)
    const main = make('default')
    const known = new Map([['default', main]])
    return library.named(
      new Proxy(main, {
        get(target, key) {
          if (typeof key === 'symbol' || key === 'prototype' || key === 'then' || key === '__esModule') return target[key]
          if (!known.has(key)) known.set(key, IDENTITY.test(key) ? same : make(key) || rest[key])
          return known.get(key)
        },
      }),
      name,
    )
  }

  // The package with this name, if it is one of theirs.
  library.known = (name) => {
    if (exact[name]) {
      const rest = library.partly(name, exact[name])
      return new Proxy(rest, {
        get: (target, key) => (typeof key === 'string' && IDENTITY.test(key) && !(key in target) ? same : target[key]),
      })
    }
    const theme = THEME.exec(name)
    if (theme) {
      const own = theme[1] || name
      return members(name, (key) => (key === 'default' || /theme$/i.test(key) ? tagged('$theme', own) : undefined))
    }
    const plugin = PLUGIN.exec(name)
    if (plugin) {
      const is = (key) => key === 'default' || /plugin$/i.test(key) || key.toLowerCase() === plugin[1].replace(/-/g, '')
      return members(name, (key) => (is(key) ? tagged('$plugin', plugin[1]) : undefined))
    }
    return undefined
  }
})
