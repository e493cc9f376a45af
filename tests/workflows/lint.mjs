// Holds workflows and the action against GitHub's own reader of them: node lint.mjs FILE... Ends with 1 where it finds something.
// What actions take is told in actions.json, for those of others, and in action.yml, for ours.
import fs from 'node:fs'
import { register } from 'node:module'
import path from 'node:path'

// The reader is made for bundlers, which take data for modules; Node wants to be told.
const hook = `import fs from 'node:fs'
export async function load(url, context, next) {
  if (!url.endsWith('.json')) return next(url, context)
  return { format: 'module', shortCircuit: true, source: 'export default ' + fs.readFileSync(new URL(url), 'utf8') }
}`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
const { TextDocument } = await import('vscode-languageserver-textdocument')
const { validate } = await import('@actions/languageservice')
const { parse } = await import('yaml')

const here = import.meta.dirname
const known = JSON.parse(fs.readFileSync(path.join(here, 'actions.json'), 'utf8'))
const ours = parse(fs.readFileSync(path.join(here, '../../action.yml'), 'utf8'))

// An input without a default has to be given.
const metadata = (inputs, outputs) => ({
  name: 'action',
  description: 'An action.',
  inputs: Object.fromEntries(inputs.map((name) => [name, { description: name, required: false }])),
  outputs: Object.fromEntries(outputs.map((name) => [name, { description: name }])),
})

const unknown = []
const provider = {
  async fetchActionMetadata({ owner, name, ref }) {
    if (name === 'pressoir') return metadata(Object.keys(ours.inputs), Object.keys(ours.outputs))
    const found = known[`${owner}/${name}@${ref}`]
    if (!found) unknown.push(`${owner}/${name}@${ref}`)
    return found && metadata(found.inputs, found.outputs)
  },
}

let faults = 0
const tell = (text) => {
  faults += 1
  console.error(text)
}

for (const file of process.argv.slice(2)) {
  // By the path it is told whether it is a workflow or an action.
  const name = path.basename(file)
  const uri = `file:///${name === 'action.yml' ? name : `.github/workflows/${name}`}`
  const document = TextDocument.create(uri, 'yaml', 1, fs.readFileSync(file, 'utf8'))
  for (const { message, range } of await validate(document, { actionsMetadataProvider: provider })) {
    tell(`${file}:${range.start.line + 1}:${range.start.character + 1}: ${message}`)
  }
  for (const action of unknown.splice(0)) tell(`${file}: ${action} is not in tests/workflows/actions.json`)
}
process.exit(faults ? 1 : 0)
