// `fs` of Node, read-only and inside the project, and the packages that look for files.
(function (host, library) {
  const path = library.path
  const full = (name) => path.resolve(String(name instanceof library.url.URL ? library.url.fileURLToPath(name) : name))
  const failed = (code, call, name) => Object.assign(new Error(`${code}: ${call} '${name}'`), { code, path: name })

  class Entry {
    constructor(folder, name, kind) {
      Object.assign(this, { name, path: folder, parentPath: folder })
      Object.defineProperty(this, 'kind', { value: kind })
    }
    isFile() {
      return this.kind === 'file'
    }
    isDirectory() {
      return this.kind === 'folder'
    }
    isSymbolicLink() {
      return false
    }
  }

  function statSync(name, options) {
    const at = full(name)
    const kind = host.kind(at)
    if (!kind && options && options.throwIfNoEntry === false) return undefined
    if (!kind) throw failed('ENOENT', 'no such file or directory, stat', at)
    const time = new Date(host.now)
    const size = kind === 'file' ? (host.read(at) || '').length : 0
    const stat = new Entry(path.dirname(at), path.basename(at), kind)
    const times = { mtime: time, ctime: time, atime: time, birthtime: time }
    return Object.assign(stat, times, { size, mtimeMs: host.now, ctimeMs: host.now, birthtimeMs: host.now, mode: 0o644 })
  }

  function readFileSync(name, options) {
    const at = full(name)
    if (host.kind(at) === 'folder') throw failed('EISDIR', 'illegal operation on a directory, read', at)
    const text = host.read(at)
    if (text === undefined) throw failed('ENOENT', 'no such file or directory, open', at)
    const encoding = typeof options === 'string' ? options : options && options.encoding
    return encoding ? text : globalThis.Buffer.from(text)
  }

  library.isInside = (at) => at === host.root || at.startsWith(`${host.root}/`)

  function* walk(folder, below) {
    for (const name of host.names(folder) || []) {
      const at = `${folder}/${name}`
      const relative = below ? `${below}/${name}` : name
      const kind = host.kind(at)
      yield { folder, name, kind, relative }
      if (kind === 'folder') yield* walk(at, relative)
    }
  }

  function readdirSync(name, options) {
    const at = full(name)
    if (host.kind(at) === 'file') throw failed('ENOTDIR', 'not a directory, scandir', at)
    const names = host.names(at)
    if (!names) throw failed('ENOENT', 'no such file or directory, scandir', at)
    const { withFileTypes, recursive } = options || {}
    const all = recursive ? [...walk(at, '')] : names.map((one) => ({ folder: at, name: one, relative: one }))
    if (!withFileTypes) return all.map((one) => one.relative)
    return all.map((one) => new Entry(one.folder, one.name, one.kind || host.kind(`${one.folder}/${one.name}`)))
  }

  const existsSync = (name) => {
    try {
      return host.kind(full(name)) !== undefined
    } catch {
      return false
    }
  }

  function accessSync(name) {
    statSync(name)
  }

  // Writing is not for settings: it is noted, and nothing happens.
  const WRITING = 'writeFile appendFile mkdir rm rmdir unlink rename copyFile cp symlink chmod utimes truncate mkdtemp'
  const OWN = 'outputFile ensureDir ensureFile remove emptyDir copy move writeJson writeJSON outputJson'

  const reading = {
    readFile: readFileSync,
    readdir: readdirSync,
    stat: statSync,
    lstat: statSync,
    access: accessSync,
    realpath: full,
    readJson: (name) => JSON.parse(readFileSync(name, 'utf8')),
    readJSON: (name) => JSON.parse(readFileSync(name, 'utf8')),
    pathExists: existsSync,
  }
  const fs = { existsSync, constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } }
  const promises = { constants: fs.constants }
  const ignored = (name) => () => host.note('ignored', `fs.${name}`)
  const writing = `${WRITING} ${OWN}`.split(' ').map((name) => [name, ignored(name)])
  for (const [name, work] of [...Object.entries(reading), ...writing]) {
    fs[`${name}Sync`] = work
    promises[name] = async (...args) => work(...args)
    // The last argument is called back; without it, a promise is given, as `fs-extra` does.
    fs[name] = (...args) => {
      const back = args[args.length - 1]
      if (typeof back !== 'function') return promises[name](...args)
      promises[name](...args.slice(0, -1)).then((value) => back(null, value), (error) => back(error))
    }
  }
  fs.exists = (name, back) => (back ? back(existsSync(name)) : Promise.resolve(existsSync(name)))
  fs.watch = ignored('watch')
  fs.promises = promises

  function pattern(glob) {
    let made = ''
    let braces = 0
    for (let i = 0; i < glob.length; i++) {
      const c = glob[i]
      if (c === '*' && glob[i + 1] === '*') {
        const slash = glob[i + 2] === '/'
        made += slash ? '(?:[^/]+/)*' : '.*'
        i += slash ? 2 : 1
      } else if (c === '*') made += '[^/]*'
      else if (c === '?') made += '[^/]'
      else if (c === '{') (made += '(?:'), braces++
      else if (c === '}' && braces) (made += ')'), braces--
      else if (c === ',' && braces) made += '|'
      else if (c === '[' || c === ']') made += c
      else made += c.replace(/[.+^$()|\\\/]/, '\\$&')
    }
    return new RegExp(`^${made}$`)
  }

  library.glob = function (patterns, options = {}) {
    const at = full(options.cwd || '.')
    const relative = (one) => (path.isAbsolute(one) ? path.relative(at, one) : one.replace(/^\.\//, ''))
    const all = [].concat(patterns).map(String)
    const wanted = all.filter((one) => !one.startsWith('!')).map((one) => pattern(relative(one)))
    const negated = all.filter((one) => one.startsWith('!')).map((one) => one.slice(1))
    const unwanted = [...negated, ...[].concat(options.ignore || [])].map((one) => pattern(relative(String(one))))
    const folders = options.onlyDirectories === true
    const found = []
    if (!library.isInside(at)) {
      host.note('ignored', `files of \`${at}\`, which lies outside of the project`)
      return found
    }
    for (const one of walk(at, '')) {
      const hidden = !options.dot && one.relative.split('/').some((name) => name.startsWith('.'))
      const is = (tests) => tests.some((test) => test.test(one.relative))
      const spelled = all.some((text) => /(^|\/)\./.test(text.replace(/^\.\//, '')))
      if ((hidden && !spelled) || (one.kind === 'folder') !== folders) continue
      if (is(wanted) && !is(unwanted)) found.push(options.absolute ? `${at}/${one.relative}` : one.relative)
    }
    return found.sort()
  }
  fs.globSync = library.glob
  library.fs = fs
})
