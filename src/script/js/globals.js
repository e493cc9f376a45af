// What is there without being imported.
(function (host, library) {
  const shown = (value, depth = 0) => {
    if (typeof value === 'string') return value
    if (value instanceof Error) return `${value.name}: ${value.message}`
    if (typeof value === 'function') return `[function ${library.nameOf(value) || value.name}]`
    if (typeof value !== 'object' || value === null) return String(value)
    if (depth > 2) return '…'
    if (Array.isArray(value)) return `[${value.slice(0, 20).map((one) => shown(one, depth + 1)).join(', ')}]`
    return `{${Object.keys(value).slice(0, 20).map((key) => `${key}: ${shown(value[key], depth + 1)}`).join(', ')}}`
  }
  const say = (...parts) => host.note('console', parts.map((part) => shown(part)).join(' '))
  const quiet = () => {}
  const console = { log: say, info: say, warn: say, error: say, debug: say, dir: say, table: say, trace: say, assert: quiet }
  for (const name of ['group', 'groupCollapsed', 'groupEnd', 'time', 'timeEnd', 'timeLog', 'count']) console[name] = quiet

  // Timers do not wait: they run in order once nothing else is left to do.
  const timers = []
  let last = 0
  const setTimeout = (work, delay = 0, ...args) => {
    timers.push({ id: ++last, due: Number(delay) || 0, work: () => work(...args) })
    return last
  }
  const clear = (id) => {
    const at = timers.findIndex((timer) => timer.id === id)
    if (at >= 0) timers.splice(at, 1)
  }
  library.tick = () => {
    if (!timers.length) return false
    const next = timers.reduce((a, b) => (b.due < a.due ? b : a))
    clear(next.id)
    for (const timer of timers) timer.due -= next.due
    next.work()
    return true
  }

  const stop = (what) => () => host.note('ignored', what)
  const listening = { on: quiet, once: quiet, off: quiet, emit: quiet }
  const process = {
    env: { ...JSON.parse(host.variables), NODE_ENV: 'production' },
    argv: ['node', 'vuepress', 'build'],
    execArgv: [],
    cwd: () => host.root,
    chdir: quiet,
    exit: stop('process.exit'),
    platform: 'linux',
    arch: 'x64',
    version: 'v22.0.0',
    versions: { node: '22.0.0' },
    pid: 1,
    title: 'node',
    exitCode: undefined,
    uptime: () => 0,
    hrtime: Object.assign(() => [0, 0], { bigint: () => 0n }),
    memoryUsage: () => ({}),
    nextTick: (work, ...args) => void Promise.resolve().then(() => work(...args)),
    stdout: { write: say, isTTY: false, columns: 80 },
    stderr: { write: say, isTTY: false, columns: 80 },
    emitWarning: say,
    ...listening,
  }

  const clone = (value, seen = new Map()) => {
    if (typeof value === 'function') throw new TypeError('a function cannot be cloned')
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return seen.get(value)
    if (value instanceof Date) return new Date(value)
    if (value instanceof RegExp) return new RegExp(value)
    const made = Array.isArray(value) ? [] : value instanceof Map ? new Map() : value instanceof Set ? new Set() : {}
    seen.set(value, made)
    if (value instanceof Map) for (const [key, one] of value) made.set(clone(key, seen), clone(one, seen))
    else if (value instanceof Set) for (const one of value) made.add(clone(one, seen))
    else for (const key of Object.keys(value)) made[key] = clone(value[key], seen)
    return made
  }

  // A text that also answers what settings ask of bytes.
  class Buffer extends String {
    static from(value) {
      return new Buffer(Array.isArray(value) ? String.fromCharCode(...value) : String(value))
    }
    static isBuffer(value) {
      return value instanceof Buffer
    }
    static concat(parts) {
      return new Buffer(parts.join(''))
    }
    static byteLength(value) {
      return unescape(encodeURIComponent(String(value))).length
    }
    toString(encoding) {
      const text = super.toString()
      if (encoding === 'base64') return btoa(unescape(encodeURIComponent(text)))
      if (encoding !== 'hex') return text
      return Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join('')
    }
  }

  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const btoa = (text) => {
    let made = ''
    for (let i = 0; i < text.length; i += 3) {
      const [a, b, c] = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2)]
      const bits = (a << 16) | ((b || 0) << 8) | (c || 0)
      made += DIGITS[bits >> 18] + DIGITS[(bits >> 12) & 63]
      made += Number.isNaN(b) ? '=' : DIGITS[(bits >> 6) & 63]
      made += Number.isNaN(c) ? '=' : DIGITS[bits & 63]
    }
    return made
  }
  const atob = (text) => {
    let [bits, held, made] = [0, 0, '']
    for (const c of String(text).replace(/=+$/, '')) {
      bits = (bits << 6) | DIGITS.indexOf(c)
      held += 6
      if (held >= 8) made += String.fromCharCode((bits >> (held -= 8)) & 255)
    }
    return made
  }

  const two = (number) => String(number).padStart(2, '0')
  const day = (date) => `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`
  const hour = (date) => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`
  Object.defineProperties(Date.prototype, {
    toLocaleDateString: { value() { return day(this) }, writable: true, configurable: true },
    toLocaleTimeString: { value() { return hour(this) }, writable: true, configurable: true },
    toLocaleString: { value() { return `${day(this)} ${hour(this)}` }, writable: true, configurable: true },
  })
  // As dictionaries have it: letters first, then accents, then capitals; numbers by their value where that is asked for.
  const collated = (a, b, options) => host.collate(String(a), String(b), Boolean(options && options.numeric))
  Object.defineProperty(String.prototype, 'localeCompare', {
    value: function localeCompare(other, locales, options) {
      return collated(this, other, options)
    },
    writable: true,
    configurable: true,
    enumerable: false,
  })

  const Intl = {
    DateTimeFormat: class {
      format(date = new Date()) {
        return day(new Date(date))
      }
      formatToParts(date = new Date()) {
        const [year, month, number] = this.format(date).split('-')
        return [{ type: 'year', value: year }, { type: 'month', value: month }, { type: 'day', value: number }]
      }
      resolvedOptions() {
        return { locale: 'en', timeZone: 'UTC' }
      }
    },
    NumberFormat: class {
      format(number) {
        return String(number)
      }
    },
    Collator: class {
      constructor(locales, options) {
        this.compare = (a, b) => collated(a, b, options)
      }
    },
    PluralRules: class {
      select(number) {
        return number === 1 ? 'one' : 'other'
      }
    },
    ListFormat: class {
      format(list) {
        return [...list].join(', ')
      }
    },
  }

  // They are called with `new` or without it.
  for (const name of Object.keys(Intl)) {
    Intl[name] = new Proxy(Intl[name], { apply: (Made, _, options) => new Made(...options) })
  }

  // The same numbers in every build.
  let seed = 1
  Math.random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return seed / 0x100000000
  }

  // Sorting takes whatever a comparison says: the engine's own gives up where it contradicts itself.
  const byText = (a, b) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)
  const merged = (values, compare) => {
    for (let width = 1; width < values.length; width *= 2) {
      const next = []
      for (let from = 0; from < values.length; from += 2 * width) {
        const middle = Math.min(from + width, values.length)
        const end = Math.min(from + 2 * width, values.length)
        let left = from
        let right = middle
        while (left < middle && right < end) next.push(compare(values[left], values[right]) > 0 ? values[right++] : values[left++])
        while (left < middle) next.push(values[left++])
        while (right < end) next.push(values[right++])
      }
      values = next
    }
    return values
  }
  const sorting = {
    sort(compare = byText) {
      if (typeof compare !== 'function') throw new TypeError('what compares in a sort is no function')
      const there = []
      let nothing = 0
      for (let i = 0; i < this.length; i++) {
        if (this[i] !== undefined) there.push(this[i])
        else if (i in this) nothing++
      }
      const made = merged(there, compare)
      const length = this.length
      for (let i = 0; i < length; i++) {
        if (i < made.length) this[i] = made[i]
        else if (i < made.length + nothing) this[i] = undefined
        else delete this[i]
      }
      return this
    },
    toSorted(compare) {
      return Array.from(this).sort(compare)
    },
  }
  for (const [name, value] of Object.entries(sorting)) {
    Object.defineProperty(Array.prototype, name, { value, writable: true, configurable: true, enumerable: false })
  }

  const fetch = async (address) => {
    host.note('ignored', `fetch ${String(address).slice(0, 200)}`)
    throw new TypeError('settings cannot reach the network')
  }

  const { URL, URLSearchParams } = library.url
  const globals = {
    console,
    process,
    setTimeout,
    clearTimeout: clear,
    setInterval: setTimeout,
    clearInterval: clear,
    setImmediate: (work, ...args) => setTimeout(work, 0, ...args),
    clearImmediate: clear,
    queueMicrotask: (work) => void Promise.resolve().then(work),
    structuredClone: (value) => clone(value),
    performance: { now: () => 0 },
    Buffer,
    URL,
    URLSearchParams,
    btoa,
    atob,
    fetch,
    Intl,
    global: globalThis,
  }
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false })
  }
  library.node.process = process
  library.node.buffer = { Buffer }
  library.node.timers = { setTimeout, clearTimeout: clear, setImmediate: globals.setImmediate }
})
