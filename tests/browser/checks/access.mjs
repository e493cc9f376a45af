// Everyone can read it: axe at four widths in both modes, also with what opens open; contrast of every text; the keyboard alone.
import fs from 'node:fs'
import { createRequire } from 'node:module'

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds. */
export async function scan(page, where, fail) {
  if (!(await page.evaluate(() => window.axe))) await page.addScriptTag({ content: AXE })
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), TAGS)
  for (const { id, nodes } of found.violations) {
    for (const node of nodes) fail(`axe ${where}: ${id}: ${node.html.slice(0, 160)}: ${node.failureSummary.replace(/\s+/g, ' ')}`)
  }
}

export async function axe({ views, open, fail }) {
  let scans = 0
  for (const view of views) {
    const page = await open(view, {})
    for (const width of view.short || view.bare ? [360, 1280] : [360, 768, 1280, 1920]) {
      for (const colorScheme of ['light', 'dark']) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme })
        await scan(page, `${view.path} at ${width}, ${colorScheme}`, fail)
        scans += 1
      }
    }
    await page.context().close()
  }
  return `${scans} scans`
}

/** With each thing open that a reader may open. */
export async function opened({ views, open, fail }) {
  for (const path of ['tout.html', 'ar/all.html']) await openedOn(views.find((view) => view.path === path), open, fail)
}

async function openedOn(view, open, fail) {
  for (const colorScheme of ['light', 'dark']) {
    const lists = view.lang === 'fr' ? [[1280, '.versions summary'], [1280, '.navbar .nav-links summary']] : []
    for (const [width, selector] of [[360, '.menu-button'], [360, '.outline-button'], [1280, '.languages summary'], ...lists]) {
      const page = await open(view, { viewport: { width, height: 800 }, colorScheme })
      await page.click(selector)
      await scan(page, `${view.path} with ${selector} open, ${colorScheme}`, fail)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      if (wide > 0) fail(`${view.path} with ${selector} open is ${wide} px too wide`)
      await page.keyboard.press('Escape')
      if (await page.evaluate(() => document.querySelector(':popover-open, .navbar details[open]'))) fail(`Escape does not shut ${selector}`)
      await page.context().close()
    }
    for (const width of [360, 1280]) {
      const page = await open(view, { viewport: { width, height: 800 }, colorScheme })
      await page.click('.search-button')
      await page.keyboard.type(view.lang === 'ar' ? 'جملة' : 'phrase')
      await page.waitForSelector('dialog [role=option]')
      await scan(page, `${view.path} at ${width} with results of a search, ${colorScheme}`, fail)
      await page.keyboard.press('Escape')
      if (await page.evaluate(() => !document.activeElement.matches('.search-button'))) fail(`${view.path}: the focus does not come back from the search`)
      await page.context().close()
    }
    const page = await open(view, { viewport: { width: 640, height: 800 }, colorScheme, deviceScaleFactor: 2 })
    await page.evaluate(() => document.querySelectorAll('details').forEach((it) => { it.open = true }))
    await scan(page, `${view.path} at 200 % with every details open, ${colorScheme}`, fail)
    await page.context().close()
  }
}

/** The contrast of every text with what is behind it; runs in the page. */
function ratios() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const channels = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data] }
  const light = (color) => color.slice(0, 3).map((c) => (c /= 255) <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0)
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || element.closest('.visually-hidden, script, option, annotation')) continue
    let behind = element, ground
    for (; behind; behind = behind.parentElement) {
      const style = getComputedStyle(behind)
      ground = channels(style.backgroundColor)
      if (ground[3] === 255) break
    }
    if (!behind) ground = channels(getComputedStyle(document.documentElement).colorScheme.includes('dark') && matchMedia('(prefers-color-scheme: dark)').matches ? '#16181d' : '#fff')
    const [a, b] = [light(channels(getComputedStyle(element).color)), light(ground)].sort((x, y) => y - x)
    const line = element.closest('.line')
    const tinted = element.closest('.highlighted-word, .t-i, .t-d') || line?.matches('.highlighted, .diff, .info, .warning, .error')
    found.push({ ratio: (a + .05) / (b + .05), text: walker.currentNode.data.trim().slice(0, 30), of: `${element.tagName}.${element.className}`, tinted: Boolean(tinted) })
  }
  return found
}

export async function contrast({ views, open, fail }) {
  let lowest = 21
  for (const view of views) {
    const page = await open(view, { viewport: { width: 1280, height: 900 } })
    for (const [colorScheme, contrast] of [['light', 'no-preference'], ['dark', 'no-preference'], ['light', 'more'], ['dark', 'more']]) {
      await page.emulateMedia({ colorScheme, contrast })
      for (const { ratio, text, of, tinted } of await page.evaluate(ratios)) {
        const least = contrast === 'more' ? (tinted ? 4.5 : 7) : tinted ? 4.5 : 5.5
        lowest = Math.min(lowest, ratio)
        if (ratio < least) fail(`contrast ${view.path}, ${colorScheme}, ${contrast}: ${ratio.toFixed(2)} < ${least}: “${text}” in ${of}`)
      }
    }
    await page.context().close()
  }
  return `lowest ${lowest.toFixed(2)}`
}

/** From the first stop to the last, at each width, and with all open that can be. */
export async function keyboard({ views, open, fail }) {
  let stops = 0
  for (const view of views.filter(({ bare }) => !bare)) {
    const ways = view.path === 'tout.html' ? [[360], [768], [1280], [1920], [1280, 'open']] : [[360], [1280]]
    for (const [width, everything] of ways) {
      const page = await open(view, { viewport: { width, height: 800 } })
      if (everything) await page.evaluate(() => document.querySelectorAll('main details, .sidebar details').forEach((it) => { it.open = true }))
      const say = (what) => fail(`keyboard ${view.path} at ${width}: ${what}`)
      const seen = new Set()
      for (let step = 0; step < 200; step++) {
        await page.keyboard.press('Tab')
        const stop = await page.evaluate(() => {
          const it = document.activeElement
          if (it === document.body) return null
          const box = it.getBoundingClientRect(), style = getComputedStyle(it)
          it.dataset.stop ??= document.querySelectorAll('[data-stop]').length
          return {
            number: it.dataset.stop, what: it.outerHTML.slice(0, 100), skip: it.matches('.skip'), target: it.hash,
            shown: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
            named: Boolean((it.ariaLabel || it.innerText || it.textContent || it.labels?.[0]?.textContent || '').trim()),
          }
        })
        if (!stop || seen.has(stop.number)) break
        if (step === 0 && !stop.skip) say(`the first stop is not the link to the text: ${stop.what}`)
        if (!stop.shown) say(`a stop is out of sight: ${stop.what}`)
        if (!stop.ring) say(`a stop does not show: ${stop.what}`)
        if (!stop.named) say(`a stop has no name: ${stop.what}`)
        seen.add(stop.number)
      }
      if (seen.size < 5) say(`there are only ${seen.size} stops`)
      stops += seen.size
      await page.context().close()
    }
  }
  return `${stops} stops`
}

/** What can be clicked is 24 pixels high and wide, but for links within a text. */
export async function targets({ views, open, fail }) {
  for (const view of views) {
    for (const width of [360, 1280]) {
      const page = await open(view, { viewport: { width, height: 800 } })
      const small = await page.evaluate(() => [...document.querySelectorAll('a[href], button, select, summary, input')].filter((it) => {
        const box = it.getBoundingClientRect()
        const inText = it.matches('.feature a, .prose :is(p, li, td, th, dd, h1, h2, h3, h4, h5, h6, .custom-block-title) *, .prose .table-of-contents *, .plan *, .footer > a, .announcement *, input[disabled]')
        return !inText && it.checkVisibility() && box.width > 1 && (box.width < 24 || box.height < 24)
      }).map((it) => it.outerHTML.slice(0, 100)))
      for (const it of small) fail(`target too small on ${view.path} at ${width}: ${it}`)
      await page.context().close()
    }
  }
}
