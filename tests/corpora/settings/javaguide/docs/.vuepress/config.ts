// What the site's own settings say of its pages, written anew: where `@` leads in includes, and which files are pages.
import { defineUserConfig } from 'vuepress'
import { path } from 'vuepress/utils'
import { hopeTheme } from 'vuepress-theme-hope'

const snippets = path.join(__dirname, '..', 'snippets')

export default defineUserConfig({
  title: 'JavaGuide',
  lang: 'zh-CN',
  pagePatterns: ['**/*.md', '!**/*.snippet.md', '!.vuepress'],
  theme: hopeTheme({
    markdown: {
      align: true,
      gfm: true,
      tasklist: true,
      codeTabs: true,
      include: {
        resolvePath(file, folder) {
          return file.startsWith('@') ? path.join(snippets, file.slice(1)) : path.join(folder, file)
        },
      },
    },
  }),
})
