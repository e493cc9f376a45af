// The settings of the site, written anew for this test: what they say is what the site's own say. As there, the menu is put
// into a variable that no one declared, which only sloppy scripts may.
menu = [
  ['La Promotion', 'accompagnement planning bootcamp outils-promotion tiers-lieu communication-externe'],
  ['Programme EIG', 'programme-eig ecosysteme ingenerie-programme reseau-eig'],
  ['Ressources', 'referentiels design accessibilite developpement opensource-licences opendata algorithmes-publics securite ' +
    'travailler-distance ecriture-inclusive'],
  ['Bonnes pratiques', 'accueil-eig preparation-defi mesure-impact concevoir prototyper ouvrir-publier communication ' +
    'documentation-defis perennisation-defis']
].map(function (group) {
  return { title: group[0], collapsable: true, children: group[1].split(' ') }
})

module.exports = {
  title: 'Documentation EIG',
  themeConfig: { sidebar: menu, sidebarDepth: 1, docsDir: '.', nav: [] }
}
