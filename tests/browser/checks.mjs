// What readers meet, checked in Debian's Chromium, with axe, html-validate and the Nu checker: `node tests/browser/checks.mjs [PROGRAM] [CHECK...]`.
// `tests/run` installs what it needs (`npm ci` in this folder) and runs it.
import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import * as access from './checks/access.mjs'
import * as manners from './checks/manners.mjs'
import { search } from './checks/search.mjs'
import { build, project, serve } from './checks/sites.mjs'
import { validity } from './checks/validity.mjs'

const [given, ...wanted] = process.argv.slice(2)
const program = path.resolve(given ?? path.join(project, 'target/debug/pressoir'))
const folders = (process.env.PATH ?? '').split(path.delimiter)
const chrome = process.env.CHROME ?? ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => path.join(folder, name))).find((file) => fs.existsSync(file))
if (!chrome) throw new Error('these checks need Chromium: install it (apt-get install chromium), or name it in the variable CHROME')

const { out, remove } = build(program)
const [site, long] = [await serve(out.site), await serve(out.long)]
const views = [
  { server: site, path: 'index.html', lang: 'fr' },
  { server: site, path: 'texte.html', lang: 'fr' },
  { server: site, path: 'tout.html', lang: 'fr' },
  { server: site, path: 'en/all.html', lang: 'en' },
  { server: site, path: 'ar/all.html', lang: 'ar' },
  { server: site, path: '404.html', lang: 'fr', bare: true },
  { server: site, path: 'search.html?q=phrase', lang: 'fr', bare: true },
  { server: site, path: 'accessibilite.html', lang: 'fr', short: true },
  { server: long, path: 'g3/p4.html', lang: 'fr', long: true },
]
const browser = await chromium.launch({ executablePath: chrome, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'] })

/** A view in a window of its own. */
async function open(view, options) {
  const context = await browser.newContext({ bypassCSP: true, ...options })
  const page = await context.newPage()
  await page.goto(view.server.base + view.path, { waitUntil: 'load' })
  return page
}

const { scan: _, ...everyone } = access
const checks = { validity, ...everyone, search, ...manners }
let failed = 0
for (const [name, check] of Object.entries(checks)) {
  if (wanted.length && !wanted.includes(name)) continue
  const found = new Set(), started = Date.now()
  const told = await check({ out, views, open, fail: (what) => found.add(what) })
  failed += found.size
  console.log(`${found.size ? 'FAILED' : 'ok'} ${name}${told ? `: ${told}` : ''} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
  for (const what of [...found].slice(0, 20)) console.log(`  ${what}`)
  if (found.size > 20) console.log(`  and ${found.size - 20} more`)
}
await browser.close()
site.close()
long.close()
remove()
if (failed) {
  console.error(`${failed} faults in what readers meet`)
  process.exitCode = 1
}
