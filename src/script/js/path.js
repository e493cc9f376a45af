// `path` of Node, for paths with `/`.
(function (host, library) {
  function normalized(path) {
    const absolute = path.startsWith('/')
    const kept = []
    for (const part of path.split('/')) {
      if (part === '' || part === '.') continue
      if (part !== '..') kept.push(part)
      else if (kept.length && kept[kept.length - 1] !== '..') kept.pop()
      else if (!absolute) kept.push('..')
    }
    const text = kept.join('/')
    const end = path.endsWith('/') && text ? '/' : ''
    return absolute ? `/${text}${end}` : `${text}${end}` || '.'
  }

  const bare = (path) => (path.length > 1 ? path.replace(/\/+$/, '') : path)

  const path = {
    sep: '/',
    delimiter: ':',
    normalize: (one) => normalized(String(one)),
    join: (...parts) => normalized(parts.filter((part) => part !== '').map(String).join('/') || '.'),
    resolve(...parts) {
      let made = ''
      for (const part of [host.root, ...parts].reverse()) {
        if (part === '' || part == null) continue
        made = made ? `${part}/${made}` : String(part)
        if (made.startsWith('/')) break
      }
      return bare(normalized(made))
    },
    isAbsolute: (one) => String(one).startsWith('/'),
    dirname(one) {
      const at = bare(String(one)).lastIndexOf('/')
      return at < 0 ? '.' : bare(String(one)).slice(0, at) || '/'
    },
    basename(one, ending = '') {
      const name = bare(String(one)).split('/').pop()
      return ending && name !== ending && name.endsWith(ending) ? name.slice(0, -ending.length) : name
    },
    extname(one) {
      const name = path.basename(one)
      const at = name.lastIndexOf('.')
      return at > 0 ? name.slice(at) : ''
    },
    relative(from, to) {
      const [a, b] = [path.resolve(from), path.resolve(to)].map((one) => one.split('/').filter(Boolean))
      let same = 0
      while (same < a.length && same < b.length && a[same] === b[same]) same++
      return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/')
    },
    parse(one) {
      const base = path.basename(one)
      const ext = path.extname(one)
      const dir = String(one).includes('/') ? path.dirname(one) : ''
      return { root: path.isAbsolute(one) ? '/' : '', dir, base, ext, name: ext ? base.slice(0, -ext.length) : base }
    },
    format(parts) {
      const base = parts.base || (parts.name || '') + (parts.ext || '')
      const dir = parts.dir || parts.root || ''
      return dir ? (dir === parts.root ? dir + base : `${dir}/${base}`) : base
    },
    toNamespacedPath: (one) => one,
  }
  path.posix = path
  path.win32 = path
  library.path = path
})
