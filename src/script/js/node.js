// The other modules of Node that settings ask for, and the packages that read files.
(function (host, library) {
  const { path, url, fs, glob } = library
  const ignored = (name, value) => () => {
    host.note('ignored', name)
    return value
  }

  const parsed = (text) => {
    const json = host.yaml(String(text))
    return json === undefined ? undefined : JSON.parse(json)
  }

  function matter(input) {
    const text = String(input)
    const found = /^---[ \t]*\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n|$)/.exec(text)
    const data = (found && parsed(found[1])) || {}
    const content = found ? text.slice(found[0].length) : text
    return { data, content, orig: text, matter: found ? found[1] : '', language: 'yaml', excerpt: '' }
  }
  matter.read = (name) => Object.assign(matter(fs.readFileSync(name, 'utf8')), { path: name })
  matter.test = (text) => String(text).startsWith('---')

  const later = async (...args) => glob(...args)
  const globbing = Object.assign(later, { sync: glob, globSync: glob, glob: later, globbySync: glob, globby: later })
  globbing.default = globbing

  const yaml = { load: parsed, safeLoad: parsed, parse: parsed, dump: JSON.stringify, stringify: JSON.stringify }

  class EventEmitter {
    on() {
      return this
    }
    once() {
      return this
    }
    emit() {
      return false
    }
  }

  const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))
  const util = {
    inspect: text,
    format: (...parts) => parts.map(text).join(' '),
    promisify: (work) => (...args) =>
      new Promise((kept, broken) => work(...args, (error, value) => (error ? broken(error) : kept(value)))),
    inherits: (child, parent) => Object.setPrototypeOf(child.prototype, parent.prototype),
    isDeep: undefined,
    types: {},
  }

  // A number from a text, always the same: no hash that anything should trust.
  function digest(input) {
    let [a, b] = [0x811c9dc5, 0x01000193]
    for (const c of input) {
      a = Math.imul(a ^ c.codePointAt(0), 0x01000193) >>> 0
      b = Math.imul(b ^ a, 0x85ebca6b) >>> 0
    }
    return [a, b, a ^ b, Math.imul(a, b) >>> 0].map((one) => (one >>> 0).toString(16).padStart(8, '0')).join('')
  }
  const createHash = () => {
    let all = ''
    const hash = { update: (part) => ((all += part), hash), digest: () => digest(all) }
    return hash
  }

  const os = {
    EOL: '\n',
    platform: () => 'linux',
    type: () => 'Linux',
    release: () => '',
    arch: () => 'x64',
    homedir: () => '/home',
    tmpdir: () => '/tmp',
    hostname: () => 'localhost',
    cpus: () => [{}],
    totalmem: () => 0,
    freemem: () => 0,
    networkInterfaces: () => ({}),
    userInfo: () => ({ username: 'user' }),
  }

  const child_process = {}
  for (const name of ['execSync', 'execFileSync', 'spawnSync', 'exec', 'execFile', 'spawn', 'fork']) {
    child_process[name] = ignored(`child_process.${name}`, name === 'spawnSync' ? { stdout: '', stderr: '', status: 1 } : '')
  }

  library.node = {
    path,
    'path/posix': path,
    url,
    fs,
    'fs/promises': fs.promises,
    os,
    util,
    events: Object.assign(EventEmitter, { EventEmitter }),
    child_process,
    crypto: { createHash, randomUUID: () => '00000000-0000-4000-8000-000000000000', randomBytes: () => globalThis.Buffer.from('') },
    module: { createRequire: (from) => library.requireFrom(url.fileURLToPath(from)), builtinModules: [] },
    assert: Object.assign((value, message) => {
      if (!value) throw value instanceof Error ? value : new Error(message || 'assertion failed')
    }, { ok: () => {}, equal: () => {}, strictEqual: () => {} }),
    process: undefined,
    buffer: undefined,
    timers: undefined,
    'timers/promises': { setTimeout: async (_, value) => value },
    perf_hooks: { performance: { now: () => 0 } },
  }

  library.tools = {
    'fs-extra': fs,
    'graceful-fs': fs,
    upath: path,
    pathe: path,
    'gray-matter': matter,
    'js-yaml': yaml,
    yaml,
    glob: globbing,
    globby: globbing,
    'fast-glob': globbing,
    tinyglobby: globbing,
    slash: (one) => String(one).replace(/\\/g, '/'),
    'normalize-path': (one) => String(one).replace(/\\/g, '/'),
  }
})
