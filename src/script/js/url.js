// `URL`, `URLSearchParams` and `url` of Node.
(function (host, library) {
  const PARTS = /^([a-z][a-z0-9+.-]*:)(?:\/\/(?:([^\/?#@]*)@)?([^\/?#:]*)(?::(\d+))?)?([^?#]*)(\?[^#]*)?(#.*)?$/i
  const PLAIN = encodeURIComponent

  class URLSearchParams {
    #pairs = []

    constructor(from = '') {
      if (typeof from === 'string') {
        for (const pair of from.replace(/^\?/, '').split('&')) {
          if (!pair) continue
          const [key, ...rest] = pair.split('=')
          this.#pairs.push([key, rest.join('=')].map((one) => decodeURIComponent(one.replace(/\+/g, ' '))))
        }
      } else {
        const pairs = typeof from[Symbol.iterator] === 'function' ? from : Object.entries(from)
        for (const [key, value] of pairs) this.#pairs.push([String(key), String(value)])
      }
    }
    get(key) {
      const pair = this.#pairs.find(([name]) => name === key)
      return pair ? pair[1] : null
    }
    getAll(key) {
      return this.#pairs.filter(([name]) => name === key).map(([, value]) => value)
    }
    has(key) {
      return this.#pairs.some(([name]) => name === key)
    }
    set(key, value) {
      const at = this.#pairs.findIndex(([name]) => name === key)
      if (at < 0) return this.append(key, value)
      this.#pairs = this.#pairs.filter(([name], index) => name !== key || index === at)
      this.#pairs[at][1] = String(value)
    }
    append(key, value) {
      this.#pairs.push([String(key), String(value)])
    }
    delete(key) {
      this.#pairs = this.#pairs.filter(([name]) => name !== key)
    }
    forEach(each) {
      for (const [key, value] of this.#pairs) each(value, key, this)
    }
    *[Symbol.iterator]() {
      yield* this.#pairs.map((pair) => [...pair])
    }
    entries() {
      return this[Symbol.iterator]()
    }
    keys() {
      return this.#pairs.map(([key]) => key)[Symbol.iterator]()
    }
    values() {
      return this.#pairs.map(([, value]) => value)[Symbol.iterator]()
    }
    toString() {
      return this.#pairs.map(([key, value]) => `${PLAIN(key)}=${PLAIN(value)}`).join('&')
    }
  }

  class URL {
    constructor(address, base) {
      let text = String(address).trim()
      if (!PARTS.test(text)) {
        if (base === undefined) throw Object.assign(new TypeError(`Invalid URL: ${text}`), { code: 'ERR_INVALID_URL' })
        text = URL.#against(text, new URL(base))
      }
      const [, protocol, user = '', hostname = '', port = '', pathname, search = '', hash = ''] = PARTS.exec(text)
      const [username, password = ''] = user.split(':')
      this.protocol = protocol.toLowerCase()
      Object.assign(this, { username, password, hostname: hostname.toLowerCase(), port, hash })
      const hierarchical = /^(https?|file|ftp|wss?):$/.test(this.protocol)
      const path = hierarchical ? library.path.normalize(`/${pathname}`) : pathname
      this.pathname = encodeURI(decodeURI(path))
      this.searchParams = new URLSearchParams(search)
      this.#search = search
    }
    #search

    static #against(text, base) {
      const origin = `${base.protocol}//${base.host}`
      if (text.startsWith('//')) return base.protocol + text
      if (text.startsWith('/')) return origin + text
      if (text.startsWith('?') || text.startsWith('#')) return origin + base.pathname + text
      return origin + base.pathname.replace(/[^\/]*$/, '') + text
    }
    static canParse(address, base) {
      try {
        return Boolean(new URL(address, base))
      } catch {
        return false
      }
    }
    get search() {
      const now = this.searchParams.toString()
      return now === new URLSearchParams(this.#search).toString() ? this.#search : now && `?${now}`
    }
    set search(search) {
      this.#search = search
      this.searchParams = new URLSearchParams(search)
    }
    get host() {
      return this.hostname + (this.port && `:${this.port}`)
    }
    get origin() {
      return /^(https?|ftp|wss?):$/.test(this.protocol) ? `${this.protocol}//${this.host}` : 'null'
    }
    get href() {
      const slashes = this.hostname || /^(https?|file|ftp|wss?):$/.test(this.protocol) ? '//' : ''
      const user = this.username && `${this.username}${this.password && `:${this.password}`}@`
      return `${this.protocol}${slashes}${user}${this.host}${this.pathname}${this.search}${this.hash}`
    }
    toString() {
      return this.href
    }
    toJSON() {
      return this.href
    }
  }

  library.url = {
    URL,
    URLSearchParams,
    fileURLToPath: (url) => decodeURIComponent(String(url).replace(/^file:\/\//, '')),
    pathToFileURL: (path) => new URL(`file://${library.path.resolve(path)}`),
    parse: (text) => new URL(text, 'file:///'),
    format: (url) => String(url),
    resolve: (from, to) => new URL(to, from).href,
  }
})
