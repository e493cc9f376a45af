// What the site's own settings say of its pages, written anew. Each language has settings in its folder, too.
import { defineConfig } from 'vitepress'
import { groupIconMdPlugin } from 'vitepress-plugin-group-icons'

type Labels = [tip: string, info: string, warning: string, danger: string, details: string, note: string, important: string, caution: string]

const labels: Record<string, Labels> = {
  es: ['CONSEJO', 'INFORMACIÓN', 'ADVERTENCIA', 'PELIGRO', 'Detalles', 'NOTA', 'IMPORTANTE', 'PRECAUCIÓN'],
  fa: ['نکته', 'اطلاعات', 'اخطار', 'خطر', 'جزئیات', 'یادداشت', 'مهم', 'احتیاط'],
  ja: ['ヒント', '情報', '警告', '危険', '詳細', 'メモ', '重要', '注意'],
  ko: ['팁', '정보', '경고', '위험', '세부 정보', '노트', '중요', '주의'],
  pt: ['DICA', 'INFORMAÇÃO', 'AVISO', 'PERIGO', 'Detalhes', 'NOTA', 'IMPORTANTE', 'CUIDADO'],
  ru: ['СОВЕТ', 'ИНФОРМАЦИЯ', 'ПРЕДУПРЕЖДЕНИЕ', 'ОПАСНОСТЬ', 'Подробная информация', 'ЗАМЕТКА', 'ВАЖНО', 'ВНИМАНИЕ'],
  zh: ['提示', '信息', '警告', '危险', '详细信息', '注意', '重要', '小心'],
}

function language([name, words]: [string, Labels]) {
  const kinds = ['tip', 'info', 'warning', 'danger', 'details', 'note', 'important', 'caution']
  const container = Object.fromEntries(kinds.map((kind, index) => [`${kind}Label`, words[index]]))
  return [name, { label: name, lang: name, markdown: { container } }] as const
}

export default defineConfig({
  title: 'VitePress',
  cleanUrls: true,
  rewrites: { 'en/:rest*': ':rest*' },
  markdown: {
    math: true,
    config: (md) => void md.use(groupIconMdPlugin),
  },
  locales: {
    root: { label: 'English', lang: 'en-US' },
    ...Object.fromEntries(Object.entries(labels).map(language)),
  },
})
