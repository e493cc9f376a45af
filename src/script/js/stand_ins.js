// What stands in for a package that is not there: it can be called, constructed, read and written, and does nothing.
(function (host, library) {
  const names = new WeakMap()
  const WRAPPER = /(^|\.)(define|extend|with)[A-Z]\w*$/

  library.nameOf = (value) => names.get(value)

  library.named = (value, name) => {
    names.set(value, name)
    return value
  }

  // What a call gives may be waited for; what comes of that may not, or it would be waited for again.
  library.standIn = function standIn(name, awaited = !name.endsWith('()')) {
    const known = new Map()
    const target = function () {}
    const below = (key) => (name.length > 120 ? name : `${name}.${key}`)
    const proxy = new Proxy(target, {
      get(_, key) {
        if (key === 'prototype') return target.prototype
        if (known.has(key)) return known.get(key)
        if (key === Symbol.toPrimitive) return () => ''
        if (key === Symbol.iterator) return function* () {}
        if (key === 'then' && !awaited) return (kept, broken) => Promise.resolve(standIn(name, true)).then(kept, broken)
        if (typeof key === 'symbol' || key === 'then' || key === 'toJSON' || key === '__esModule') return undefined
        if (key === 'toString' || key === 'valueOf') return () => ''
        if (key === 'length') return 0
        if (key === 'name') return name
        known.set(key, key === 'default' ? proxy : standIn(below(key)))
        return known.get(key)
      },
      set(_, key, value) {
        known.set(key, value)
        return true
      },
      deleteProperty: () => true,
      apply(_, self, args) {
        // `defineConfig({...})` and `withMermaid({...})` give back what they are given.
        const first = args[0]
        const given = typeof first === 'object' || typeof first === 'function'
        return given && first !== null && WRAPPER.test(name) ? first : standIn(`${name}()`)
      },
      construct: () => standIn(name),
    })
    return library.named(proxy, name)
  }

  // An object of which only some properties are known.
  library.partly = function (name, known) {
    const rest = library.standIn(name)
    return new Proxy(known, {
      get: (target, key) => (key in target || typeof key === 'symbol' ? target[key] : key === 'default' ? known : rest[key]),
    })
  }
})
