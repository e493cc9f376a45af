// The HTML is valid: the Nu checker and html-validate find nothing on any page.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pages } from './sites.mjs'

const { resolve } = createRequire(import.meta.url)

export async function validity({ out, fail }) {
  const files = Object.values(out).flatMap((folder) => pages(folder).slice(0, 60).map((page) => path.join(folder, page)))
  const jar = path.join(path.dirname(resolve('vnu-jar/package.json')), 'build/dist/vnu.jar')
  const nu = spawnSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', '--errors-only', '--exit-zero-always', ...files], { maxBuffer: 1 << 28 })
  if (nu.error || nu.status !== 0) throw new Error(`the Nu checker did not run, it needs Java: ${nu.error ?? nu.stderr}`)
  for (const { url, lastLine, message, extract } of JSON.parse(nu.stdout).messages) {
    fail(`Nu checker: ${url}:${lastLine}: ${message} ${extract ?? ''}`)
  }
  const { HtmlValidate, FileSystemConfigLoader } = await import('html-validate/node')
  const validator = new HtmlValidate(new FileSystemConfigLoader([], {
    root: true,
    extends: ['html-validate:standard', 'html-validate:a11y'],
    // How HTML is spelled is no fault; a listbox that a field commands has no native element.
    rules: Object.fromEntries(['no-inline-style', 'long-title', 'void-style', 'no-trailing-whitespace', 'attribute-boolean-style',
      'attribute-empty-style', 'doctype-style', 'no-raw-characters', 'tel-non-breaking', 'no-implicit-button-type', 'require-sri',
      'attr-quotes', 'attr-case', 'element-case', 'prefer-native-element'].map((rule) => [rule, 'off'])),
  }))
  for (const file of files) {
    const report = await validator.validateString(fs.readFileSync(file, 'utf8'), file)
    for (const message of report.results.flatMap((result) => result.messages)) {
      if (message.severity === 2) fail(`html-validate: ${file}:${message.line}: ${message.ruleId}: ${message.message}`)
    }
  }
  return `${files.length} pages`
}
