// Which package a name means, and what each file knows of itself.
(function (host, library) {
  const packages = new Map()
  const modules = new Map()
  const { path, url } = library

  library.package = (name) => {
    const plain = name.replace(/^node:/, '')
    const node = library.node[plain]
    if (node) return node
    if (!packages.has(name)) packages.set(name, library.tools[name] || library.known(name) || missing(name))
    return packages.get(name)
  }

  function missing(name) {
    const owner = name.split('/').slice(0, name.startsWith('@') ? 2 : 1).join('/')
    host.note('package', owner)
    return library.standIn(name)
  }

  // A file that a bundler would load: a style sheet, a component, a picture.
  library.asset = (name) => library.standIn(name)

  library.requireFrom = (file) => {
    const require = (name) => host.require(String(name), file)
    require.resolve = (name) => host.resolve(String(name), file)
    require.resolve.paths = () => []
    require.cache = {}
    require.main = undefined
    return require
  }

  library.locals = (file) => {
    if (!modules.has(file)) {
      const module = { exports: {}, id: file, filename: file, loaded: false, children: [], paths: [], parent: undefined }
      const require = library.requireFrom(file)
      module.require = require
      modules.set(file, { module, require, first: module.exports, __filename: file, __dirname: path.dirname(file) })
    }
    const locals = modules.get(file)
    return { ...locals, exports: locals.module.exports }
  }

  // What an ES module wrote to `module.exports`, if it did.
  library.exported = (file) => {
    const locals = modules.get(file)
    if (!locals) return undefined
    const { exports } = locals.module
    return exports === locals.first && !Object.keys(exports).length ? undefined : exports
  }

  library.meta = (meta, file) => {
    meta.url = url.pathToFileURL(file).href
    meta.filename = file
    meta.dirname = path.dirname(file)
    meta.env = { MODE: 'production', PROD: true, DEV: false, SSR: true, BASE_URL: '/' }
    meta.resolve = (name) => host.resolve(String(name), file)
    meta.glob = library.standIn('import.meta.glob')
  }

  // What is given to settings that are a function.
  library.asked = () =>
    library.partly('context', {
      isProd: true,
      mode: 'production',
      command: 'build',
      cwd: host.root,
      sourceDir: host.root,
      isSsrBuild: false,
      isPreview: false,
    })
})
