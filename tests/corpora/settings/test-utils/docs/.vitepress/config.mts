// What the site's own settings say of its pages, written anew: ids of headings keep their capitals.
import { defineConfig } from 'vitepress'

const MARKS = /[\u0300-\u036F]/g
const CONTROLS = /[\u0000-\u001f]/g
const BETWEEN_WORDS = /[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'“”‘’<>,.?/]+/g

function id(text: string): string {
  const plain = text.normalize('NFKD').replace(MARKS, '').replace(CONTROLS, '')
  const joined = plain.replace(BETWEEN_WORDS, '-')
  return /^\d/.test(joined) ? `_${joined}` : joined
}

export default defineConfig({
  title: 'Vue Test Utils',
  locales: {
    root: { label: 'English', lang: 'en-US' },
    fr: { label: 'Français', lang: 'fr-FR' },
    zh: { label: '简体中文', lang: 'zh-CN' },
  },
  markdown: { anchor: { slugify: id } },
})
