// The sites that are checked: built by the program, served as GitHub Pages serves them (compressed, 404.html for what is not there).
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'

const here = import.meta.dirname
export const project = path.resolve(here, '../../..')

/** Builds the sites with the program into a new folder: their output folders, by name. */
export function build(program) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'pressoir-checks-'))
  const [site, long] = ['site-source', 'long-source'].map((name) => path.join(root, name))
  fs.cpSync(path.resolve(here, '../site'), site, { recursive: true })
  writeLong(long)
  // The theme as it lies here: a change of it needs no new program.
  for (const source of [site, long]) fs.cpSync(path.join(project, 'themes/default'), path.join(source, 'themes/default'), { recursive: true })
  const sources = { site, long, docs: project }
  const out = {}
  for (const [name, source] of Object.entries(sources)) {
    out[name] = path.join(root, name)
    execFileSync(program, ['build', '-q', source, '-o', out[name]], { stdio: ['ignore', 'inherit', 'inherit'] })
  }
  return { out, remove: () => fs.rmSync(root, { recursive: true }) }
}

/** A site whose menu holds three hundred pages. */
function writeLong(folder) {
  const settings = ['title: Un long menu', 'lang: fr', 'sidebar:']
  for (let group = 0; group < 15; group++) {
    settings.push(`  - text: Groupe ${group} du long menu`, '    collapsed: true', '    items:')
    fs.mkdirSync(path.join(folder, `content/g${group}`), { recursive: true })
    for (let page = 0; page < 20; page++) {
      settings.push(`      - g${group}/p${page}.md`)
      const text = `# Page ${page} du groupe ${group}\n\n## Un\n\n${'Du texte ordinaire. '.repeat(150)}\n\n## Deux\n\nFin.\n`
      fs.writeFileSync(path.join(folder, `content/g${group}/p${page}.md`), text)
    }
  }
  fs.writeFileSync(path.join(folder, 'content/index.md'), '# Accueil\n')
  fs.writeFileSync(path.join(folder, 'pressoir.yml'), settings.join('\n'))
}

/** The pages of a folder, as addresses below it. */
export function pages(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((file) => file.endsWith('.html')).map(String).sort()
}

const TYPES = { html: 'text/html; charset=utf-8', css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml', json: 'application/json' }

/** Serves a folder; `bytes` counts what was sent, by type. */
export async function serve(folder) {
  const sent = []
  const server = http.createServer((request, response) => {
    let file = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)))
    if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, 'index.html')
    const found = fs.existsSync(file)
    if (!found) file = path.join(folder, '404.html')
    const type = TYPES[path.extname(file).slice(1)] ?? 'application/octet-stream'
    const body = zlib.gzipSync(fs.readFileSync(file), { level: 6 })
    sent.push({ address: request.url, type: type.split(';')[0], bytes: body.length })
    response.writeHead(found ? 200 : 404, { 'content-type': type, 'content-encoding': 'gzip', 'content-length': body.length })
    response.end(body)
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return { folder, base: `http://127.0.0.1:${server.address().port}/`, sent, close: () => { server.closeAllConnections(); server.close() } }
}
