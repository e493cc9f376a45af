// What the site's own settings say of its pages, written anew.
import { defineUserConfig } from 'vuepress'
import { shikiPlugin } from '@vuepress/plugin-shiki'
import { defaultTheme } from '@vuepress/theme-default'

const chinese = { tip: '提示', warning: '注意', danger: '警告' }

export default defineUserConfig({
  locales: {
    '/': { lang: 'en-US', title: 'VuePress' },
    '/zh/': { lang: 'zh-CN', title: 'VuePress' },
  },
  theme: defaultTheme({ locales: { '/': {}, '/zh/': chinese } }),
  markdown: {
    importCode: {
      // Files of installed packages.
      handleImportPath: (file) =>
        file.startsWith('@vuepress/') ? `/nowhere/node_modules/${file.replace('/src/', '/lib/')}` : file,
    },
  },
  plugins: [shikiPlugin({ theme: 'dark-plus' })],
})
