// Search by everyone: axe with results open, with nothing found, and on its own page, at four widths in both modes.
import { scan } from './access.mjs'

const open = async (page) => {
  await page.keyboard.press('Control+k')
  await page.waitForFunction(() => document.activeElement.matches('dialog.search[open] input') && document.querySelector('dialog.search').style.opacity === '')
}
const said = (page) => page.waitForFunction(() => document.querySelector('.search-status').textContent)

export async function search({ views, open: view, fail }) {
  let scans = 0
  const look = async (page, where) => {
    for (const width of [360, 768, 1280, 1920]) {
      for (const colorScheme of ['light', 'dark']) {
        await page.setViewportSize({ width, height: 800 })
        await page.emulateMedia({ colorScheme })
        await scan(page, `${where} at ${width}, ${colorScheme}`, fail)
        const wide = await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('dialog.search, .search-results')].map((it) => it.scrollWidth - it.clientWidth)))
        if (wide > 0) fail(`${where} is ${wide} px too wide at ${width}`)
        scans += 1
      }
    }
  }
  const weights = []
  for (const { lang, ...page } of views.filter(({ path }) => ['tout.html', 'en/all.html', 'ar/all.html'].includes(path))) {
    const shown = await view(page, {}), before = page.server.sent.length
    const word = await shown.evaluate(() => document.querySelector('article h2').innerText.trim().split(/\s+/)[0])
    await open(shown)
    // The program is there before the index is asked for.
    const program = page.server.sent.slice(before).filter(({ address }) => address.includes('assets/search'))
    const weight = program.reduce((sum, { bytes }) => sum + bytes, 0)
    if (program.length < 2 || weight > 12 * 1024) fail(`search in ${lang} is ${weight} bytes of ${program.map(({ address }) => address)}`)
    weights.push(weight)
    await shown.keyboard.insertText(word)
    await shown.waitForSelector('dialog.search [role=option]')
    await shown.keyboard.press('ArrowDown')
    await look(shown, `search for “${word}” in ${lang}`)
    await shown.keyboard.press('Control+a')
    await shown.keyboard.insertText('qqqqxxxx')
    await shown.waitForFunction(() => !document.querySelector('dialog.search [role=option]'))
    await said(shown)
    await look(shown, `search that finds nothing in ${lang}`)
    await shown.keyboard.press('Escape')
    const at = new URL('search.html', shown.url())
    at.searchParams.set('q', word)
    await shown.goto(at.href)
    await shown.waitForSelector('form.search .search-results a')
    await look(shown, `the page of searches in ${lang}`)
    await shown.context().close()
  }
  return `${scans} scans, ${Math.max(...weights)} bytes of programs and sheets`
}
