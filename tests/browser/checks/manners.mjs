// How pages behave: what they weigh, without scripts, in small windows, on paper, in the dark, with little motion, in every language.
import fs from 'node:fs'
import path from 'node:path'
import { pages, project } from './sites.mjs'

export async function weight({ views, open, fail }) {
  const told = []
  for (const view of views.filter(({ bare }) => !bare)) {
    const before = view.server.sent.length
    const page = await open(view, { viewport: { width: 1280, height: 900 } })
    const sent = view.server.sent.slice(before)
    const kib = (type) => sent.filter((one) => !type || one.type.endsWith(type)).reduce((sum, { bytes }) => sum + bytes, 0) / 1024
    const limit = view.long ? 35 : 20
    const say = (what) => fail(`weight ${view.path}: ${what}`)
    if (kib() > limit) say(`${kib().toFixed(1)} KiB, more than ${limit}`)
    if (kib('css') > 8) say(`${kib('css').toFixed(1)} KiB of CSS`)
    if (kib('javascript') > 5) say(`${kib('javascript').toFixed(1)} KiB of JavaScript`)
    if (sent.length > 4) say(`${sent.length} requests: ${sent.map(({ address }) => address)}`)
    const state = await page.evaluate(() => ({
      inline: [...document.scripts].filter((it) => !it.src && !['speculationrules', 'application/ld+json'].includes(it.type)).reduce((sum, it) => sum + it.textContent.length, 0),
      blocking: [...document.scripts].filter((it) => it.src && !it.defer && !it.async).length,
      fonts: performance.getEntriesByType('resource').filter((it) => /woff/.test(it.name)).length,
    }))
    if (state.inline > 307 || state.blocking || state.fonts) say(`inline ${state.inline}, blocking ${state.blocking}, fonts ${state.fonts}`)
    const shift = await page.evaluate(() => new Promise((done) => {
      const moved = []
      const box = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries()) {
          for (const { node, previousRect, currentRect } of sources) moved.push(`${value.toFixed(4)} ${node?.nodeName}.${node?.className} from ${box(previousRect)} to ${box(currentRect)}`)
        }
      }).observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => done(moved), 100)
    }))
    for (const what of shift) say(`the page moves: ${what}`)
    told.push(`${view.path} ${kib().toFixed(1)} KiB`)
    await page.context().close()
  }
  return told.join(', ')
}

export async function withoutScripts({ views, open, fail }) {
  for (const view of views) {
    const page = await open(view, { viewport: { width: 360, height: 740 }, javaScriptEnabled: false, colorScheme: 'dark' })
    const say = (what) => fail(`without scripts ${view.path}: ${what}`)
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    if (dark === 'rgb(255, 255, 255)') say('it is not dark where the system is')
    const dead = await page.evaluate(() => [...document.querySelectorAll('button, select, input, [role=button]')]
      .filter((it) => it.checkVisibility() && !it.popoverTargetElement && !it.disabled && !it.closest('form')).map((it) => it.outerHTML.slice(0, 80)))
    for (const it of dead) say(`this does nothing: ${it}`)
    const hidden = await page.evaluate(() => [...document.querySelectorAll('.prose :is(p, h2, td, pre)')].filter((it) => !it.closest('details, form') && !it.checkVisibility()).length)
    if (hidden) say(`${hidden} parts of the text are hidden`)
    const menu = page.locator('.menu-button')
    if (await menu.count()) {
      await menu.click()
      if (!(await page.locator('#ui\\:menu :is(.nav-links, .sidebar) a').first().isVisible())) say('the menu does not open')
      await page.keyboard.press('Escape')
    }
    // Each tab's text stands under its title, and boxes open.
    const shut = await page.evaluate(() => [...document.querySelectorAll('.tab, .tab-title')].filter((it) => !it.checkVisibility()).length)
    if (shut) say(`${shut} tabs are hidden`)
    const box = page.locator('.prose details').first()
    if (await box.count()) {
      await box.locator('summary').click()
      if (!(await box.locator('p').first().isVisible())) say('a box does not open')
    }
    const finder = page.locator('a.search-button')
    if (await finder.count()) {
      await finder.click()
      const planned = await page.locator('.plan a').count()
      const built = pages(view.server.folder).filter((file) => !/(^|\/)(404|search)\.html$/.test(file) && (/^(en|ar)\//.exec(file)?.[1] ?? 'fr') === view.lang).length
      if (planned !== built) say(`the plan of the site has ${planned} pages of ${built}`)
    } else if (!view.bare) say('nothing leads to the plan of the site')
    await page.context().close()
  }
}

export async function smallWindows({ views, open, fail }) {
  for (const view of views) {
    const page = await open(view, {})
    for (const [width, height] of [[320, 640], [320, 256], [360, 740], [1280, 256], [640, 400]]) {
      await page.setViewportSize({ width, height })
      const say = (what) => fail(`${view.path} at ${width} by ${height}: ${what}`)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      if (wide > 0) say(`${wide} px too wide`)
      if (height >= 480) continue
      const stuck = await page.evaluate(() => [...document.querySelectorAll('.top, .bar')].filter((it) => it.checkVisibility() && getComputedStyle(it).position === 'sticky').length)
      if (stuck > 1) say('bars take the little room there is')
    }
    await page.addStyleTag({ content: '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }' })
    for (const width of [320, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      const cut = await page.evaluate(() => [...document.querySelectorAll('body *')].filter((it) => {
        const style = getComputedStyle(it)
        return it.checkVisibility() && !it.closest('.visually-hidden') && style.overflowX === 'hidden' && it.scrollWidth > it.clientWidth + 1
      }).map((it) => it.outerHTML.slice(0, 80)))
      for (const it of cut) fail(`${view.path} at ${width}: cut off once spaced: ${it}`)
    }
    await page.context().close()
  }
}

export async function paper({ views, open, fail }) {
  for (const path of ['tout.html', 'ar/all.html']) await onPaper(views.find((view) => view.path === path), open, (what) => fail(`${path}: ${what}`))
}

async function onPaper(view, open, fail) {
  // As wide as a sheet of A4 between its margins.
  const page = await open(view, { viewport: { width: 643, height: 971 }, colorScheme: 'dark' })
  await page.emulateMedia({ media: 'print' })
  const state = await page.evaluate(() => ({
    chrome: [...document.querySelectorAll('.top, .bar, .menu, .outline, .pager, .code-bar, .edit')].filter((it) => it.checkVisibility()).map((it) => it.className),
    cut: [...document.querySelectorAll('pre')].filter((it) => it.checkVisibility() && it.scrollWidth > it.clientWidth + 1).length,
    wide: document.documentElement.scrollWidth - innerWidth,
    borders: [...document.querySelectorAll('.custom-block, .prose td')].every((it) => parseFloat(getComputedStyle(it).borderTopWidth) > 0),
    tabs: [...document.querySelectorAll('.tab')].every((it) => it.checkVisibility()),
    address: getComputedStyle(document.querySelector('.prose a[href^="https"]'), '::after').content,
    ground: getComputedStyle(document.body).backgroundColor,
    details: [...document.querySelectorAll('.prose details p')].every((it) => it.getBoundingClientRect().height > 0),
  }))
  if (state.chrome.length) fail(`on paper there are ${state.chrome}`)
  if (state.cut) fail(`on paper ${state.cut} blocks of code are cut off`)
  if (state.wide > 0) fail(`on paper it is ${state.wide} px too wide`)
  if (!state.borders) fail('on paper boxes and tables have no borders')
  if (!state.tabs) fail('on paper tabs are hidden')
  if (!state.address.includes('https')) fail('on paper links do not say where they lead')
  if (state.ground !== 'rgb(255, 255, 255)') fail(`paper is ${state.ground}`)
  if (!state.details) fail('on paper details are shut')
  await page.context().close()
}

/** A page is dark from its first frame where the reader chose so; the choice has three states, in words. */
export async function dark({ views, open, fail }) {
  const view = views.find(({ path }) => path === 'texte.html')
  const page = await open(view, { colorScheme: 'light' })
  const choices = await page.locator('.navbar .theme-switch option').allTextContents()
  if (choices.join() !== 'Système,Clair,Sombre') fail(`the choice of colours says ${choices}`)
  await page.selectOption('.theme-switch select', 'dark')
  await everyFrame(page, 'rgb(22, 24, 29)', 'where the reader chose dark in a light system', fail)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.selectOption('.theme-switch select', 'light')
  await everyFrame(page, 'rgb(255, 255, 255)', 'where the reader chose light in a dark system', fail)
  await page.selectOption('.theme-switch select', '')
  await everyFrame(page, 'rgb(22, 24, 29)', 'where the system is dark', fail)
  await page.context().close()
}

/** The ground of the page in each frame from the first on, on a machine six times as slow. */
async function everyFrame(page, wanted, when, fail) {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 6 })
  await page.addInitScript(() => {
    window.frames_seen = []
    const look = () => {
      if (document.body) window.frames_seen.push(getComputedStyle(document.body).backgroundColor)
      if (window.frames_seen.length < 30) requestAnimationFrame(look)
    }
    look()
  })
  await page.reload({ waitUntil: 'load' })
  await page.waitForFunction(() => window.frames_seen.length >= 30)
  const seen = await page.evaluate(() => window.frames_seen)
  const wrong = seen.filter((ground) => ground !== wanted)
  if (wrong.length) fail(`${when} ${wrong.length} frames of ${seen.length} are ${wrong[0]}`)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 1 })
}

export async function motion({ views, open, fail }) {
  for (const view of views) {
    const page = await open(view, { reducedMotion: 'reduce' })
    const moving = await page.evaluate(() => [...document.querySelectorAll('*')].filter((it) => {
      const style = getComputedStyle(it)
      return [style.transitionDuration, style.animationDuration].some((time) => time.split(',').some((one) => parseFloat(one) > .01)) || style.scrollBehavior === 'smooth'
    }).length)
    if (moving) fail(`${view.path}: ${moving} elements move although the reader asked for little motion`)
    await page.context().close()
  }
}

export async function forcedColours({ views, open, fail }) {
  const view = views.find(({ path }) => path === 'tout.html')
  const page = await open(view, { viewport: { width: 1280, height: 800 }, forcedColors: 'active' })
  const current = await page.evaluate(() => getComputedStyle(document.querySelector('.sidebar [aria-current]')).outlineStyle)
  if (current === 'none') fail('in forced colours the current page does not show')
  const boxes = await page.evaluate(() => [...document.querySelectorAll('.custom-block')].every((it) => parseFloat(getComputedStyle(it).borderTopWidth) > 0))
  if (!boxes) fail('in forced colours boxes have no border')
  const signs = await page.evaluate(() => ['.search-button', '.languages summary', '.custom-block-title'].filter((sign) => {
    const drawn = getComputedStyle(document.querySelector(sign), '::before').backgroundColor
    return drawn === getComputedStyle(document.body).backgroundColor || drawn === 'rgba(0, 0, 0, 0)'
  }))
  if (signs.length) fail(`in forced colours these signs do not show: ${signs}`)
  await page.keyboard.press('Tab')
  const ring = await page.evaluate(() => { const style = getComputedStyle(document.activeElement); return [style.outlineStyle, parseFloat(style.outlineWidth)] })
  if (ring[0] === 'none' || ring[1] < 2) fail(`in forced colours the focus does not show: ${ring}`)
  await page.context().close()
}

export async function languages({ views, open, fail }) {
  const words = (language) => new Map(fs.readFileSync(path.join(project, `themes/default/i18n/${language}.yml`), 'utf8').split('\n')
    .map((line) => line.match(/^(\w+): (.*)$/)).filter(Boolean).map(([, key, text]) => [key, text.replace(/^['"]|['"]$/g, '')]))
  const english = words('en')
  for (const view of views.filter(({ lang }) => lang !== 'en')) {
    const own = words(view.lang), page = await open(view, { viewport: { width: 1280, height: 900 } })
    const say = (what) => fail(`${view.path}: ${what}`)
    const texts = new Set(await page.evaluate(() => {
      const outside = (it) => !it.closest('.prose, [hreflang], [lang]:not(html)')
      const found = [...document.querySelectorAll('[aria-label], [title]')].filter(outside).flatMap((it) => [it.ariaLabel, it.title])
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) if (outside(walker.currentNode.parentElement)) found.push(walker.currentNode.data.trim())
      return found.filter(Boolean)
    }))
    for (const [key, text] of english) if (text !== own.get(key) && texts.has(text)) say(`“${text}” is English`)
    const boxes = await page.evaluate(() => [...document.querySelectorAll('.custom-block-title, .custom-block > summary')].map((it) => it.textContent.trim()))
    const titles = ['Tip', 'Tips', 'Warning', 'Caution', 'Danger', 'Details', ...(view.lang === 'ar' ? ['Info', 'Note', 'Important'] : [])]
    for (const title of boxes) if (titles.includes(title)) say(`the title of a box, “${title}”, is English`)
    if (view.path === 'index.html') {
      const others = await page.evaluate(() => [...document.querySelectorAll('link[rel=alternate][hreflang]')].map((it) => it.hreflang))
      for (const lang of ['fr', 'en', 'ar']) if (!others.includes(lang)) say(`no link to the page in ${lang}: ${others}`)
    }
    const direction = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, [...new Set([...document.querySelectorAll('pre')].map((it) => getComputedStyle(it).direction))].join()])
    if (direction[0] !== view.lang || direction[1] !== (view.lang === 'ar' ? 'rtl' : 'ltr') || !['', 'ltr'].includes(direction[2])) say(`language and direction are ${direction}`)
    if (view.lang === 'ar') {
      const place = await page.evaluate(() => {
        const left = (selector) => document.querySelector(selector).getBoundingClientRect().left
        const bar = document.querySelector('.code-block-with-title .code-bar').getBoundingClientRect()
        const range = document.createRange()
        range.selectNodeContents(document.querySelector('.code-block-title-bar'))
        const title = range.getBoundingClientRect()
        return { sidebar: left('.sidebar'), outline: left('.outline'), brand: left('.brand'), apart: title.right < bar.left }
      })
      if (place.sidebar < 640 || place.outline > 640 || place.brand < 640) say(`it is not mirrored: ${JSON.stringify(place)}`)
      if (!place.apart) say('the title of a block of code lies on its button')
    }
    if (view.lang === 'fr') {
      const loose = await page.evaluate(() => {
        const found = [], walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
        while (walker.nextNode()) {
          const text = walker.currentNode
          if (!text.parentElement.closest('code, pre, script, .search-results') && / [:;!?»]|« /.test(text.data)) found.push(text.data.trim().slice(0, 60))
        }
        return found
      })
      for (const text of loose) say(`a line may begin with a sign: “${text}”`)
      for (const width of [320, 375, 414, 540, 640, 768, 1024, 1280, 1920]) {
        await page.setViewportSize({ width, height: 900 })
        for (const text of await page.evaluate(linesThatBeginWithSigns)) say(`at ${width} a line begins with a sign: “${text}”`)
      }
    }
    await page.context().close()
  }
}

/** The lines of the text that begin with a sign that ends a sentence or a quote; runs in the page. */
function linesThatBeginWithSigns() {
  const found = [], range = document.createRange(), walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode
    if (text.parentElement.closest('code, pre, script, math, .search-results, [hidden]') || !text.parentElement.checkVisibility()) continue
    for (const { index } of text.data.matchAll(/[:;!?»]/g)) {
      if (!/\s/.test(text.data[index - 1] ?? '')) continue
      const box = (at) => { range.setStart(text, at); range.setEnd(text, at + 1); return range.getBoundingClientRect() }
      let before = index - 1
      while (before > 0 && /\s/.test(text.data[before])) before -= 1
      if (box(index).top > box(before).bottom - 2) found.push(text.data.slice(Math.max(0, index - 20), index + 5))
    }
  }
  return found
}

/** Tables stay tables, say what their heads are for, and can be scrolled by those who use no mouse. */
export async function tables({ views, open, fail }) {
  for (const [path, width] of ['tout.html', 'ar/all.html'].flatMap((path) => [[path, 360], [path, 1280]])) {
    const view = views.find((view) => view.path === path)
    const page = await open(view, { viewport: { width, height: 800 } })
    // What is too wide is known once it has been laid out.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    const found = await page.evaluate(() => [...document.querySelectorAll('.prose table')].map((table) => {
      const box = table.parentElement, wide = box.scrollWidth > box.clientWidth
      const lines = Math.max(...[...table.rows].map((row) => row.getBoundingClientRect().height / 22.5))
      return { display: getComputedStyle(table).display, lines, scoped: [...table.querySelectorAll('th')].every((th) => th.scope), named: !wide || box.role === 'region' && box.ariaLabel && box.tabIndex === 0, idle: wide || box.tabIndex < 0 }
    }))
    for (const table of found) {
      if (table.display !== 'table' || !table.scoped || !table.named || !table.idle || table.lines > 8) fail(`a table of ${path} at ${width}: ${JSON.stringify(table)}`)
    }
    if (!(await page.locator('.prose caption').count())) fail(`no table of ${path} has a caption`)
    await page.context().close()
  }
}
