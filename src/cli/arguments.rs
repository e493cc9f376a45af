//! What can be typed. Its comments are the help texts.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::config::Layout;
use crate::report::Format;

const EXAMPLES: &str = "\
Examples:
  pressoir serve --watch         preview the site in this folder while you write
  pressoir check docs            find dead links and other mistakes in `docs`
  pressoir build docs -o site    write the site of `docs` to the folder `site`

Exit codes:
  0  all is well
  1  mistakes were found
  2  the command or the settings are wrong
  3  the computer failed";

const DIFF_EXAMPLES: &str = "\
Examples:
  pressoir diff old-site            compare a built site with this folder's, built now
  pressoir diff site.zip public     compare two built sites, of any generators

It ends with 1 if an address or an anchor is gone, else with 0.";

const INIT_EXAMPLES: &str = "\
Examples:
  pressoir init our-rooms           make a site in a new folder
  pressoir init --pull-requests     in a site that is there: write the workflows that publish and check it";

const SEARCH_EXAMPLES: &str = "\
Examples:
  pressoir search quiet room           search the site in this folder
  pressoir search docs quiet room      search the site in `docs`, if settings or pages lie there
  pressoir search \"docs quiet room\"    what stands between quotes is never a folder

A first word that starts with `./`, `../` or `/` is always a folder, and one that ends with `/` if it is there.";

const MV_EXAMPLES: &str = "\
Examples:
  pressoir mv content/guide/start.md content/guide/begin.md   move a page
  pressoir mv content/guide content/manual                    move a folder with all that is in it
  pressoir mv /guide/start.html /begin.html --dry-run         name pages by address, and only look

It ends with 1 if something is left for you to mend, which it tells.";

const LOCK_HELP: &str = "\
The list is `pressoir.lock`, beside the settings: commit it. From then on `pressoir check` and
`pressoir build --strict` fail where a page or a heading is gone and nobody is led on from it.";

/// What the options about messages stand under.
const MESSAGES: &str = "Messages";

/// Turns a folder of Markdown into a documentation site
#[derive(Debug, Parser)]
#[command(name = "pressoir", version, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the site
    Build(Common),
    /// Show the site in your browser, without writing it
    #[command(visible_aliases = ["dev", "preview"])]
    Serve(Serve),
    /// Find mistakes, without writing the site
    Check(Check),
    /// Make a new site, or add what is missing to publish this one; nothing is overwritten
    #[command(after_help = INIT_EXAMPLES)]
    Init(Init),
    /// Search the site as its readers do
    #[command(override_usage = "pressoir search [OPTIONS] [DIR] QUERY", after_help = SEARCH_EXAMPLES)]
    Search(Search),
    /// Show the settings in force, ready to be saved as pressoir.yml
    Config(Common),
    /// Compare two built sites: what is gone, new or changed
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Write down the addresses of the site, so that none is lost without a word from now on
    #[command(after_help = LOCK_HELP)]
    Lock(Lock),
    /// Move a page or a folder: links to it and from it follow, and readers of its address are led on
    #[command(after_help = MV_EXAMPLES)]
    Mv(Mv),
    /// Say what a finding means and how to mend it, or list all findings
    Explain(Explain),
    /// See the files of the default theme, and copy those that you want to change
    Theme {
        #[command(subcommand)]
        action: ThemeAction,
    },
    /// Print what your shell needs to complete pressoir's commands with the Tab key
    Completions {
        /// The shell that you use
        shell: Shell,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeAction {
    /// List the files of the default theme, and where your site has others in their place
    List {
        /// The folder of your site
        #[arg(value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
    /// Print a file of the default theme as it is now
    Show {
        /// The file, or the end of its path: footer.html
        file: String,
    },
    /// Copy files of the default theme to your site's, to change them; nothing is overwritten
    Eject {
        /// Files, the ends of their paths, or folders: footer.html, palettes [default: all]
        #[arg(value_name = "FILE")]
        files: Vec<String>,

        /// The folder of your site
        #[arg(long = "dir", value_name = "DIR", default_value = ".")]
        folder: PathBuf,
    },
}

#[derive(Debug, Args, Default)]
pub(super) struct Common {
    /// The folder of your site
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,

    /// Where to write the site [default: as the settings say, else public]
    #[arg(short, long, value_name = "FOLDER")]
    pub out_dir: Option<PathBuf>,

    /// The path under which the site is published, such as /docs/ (rarely needed: links work anywhere)
    #[arg(long, value_name = "PATH")]
    pub base: Option<String>,

    /// How the folder is laid out [default: found out by looking]
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub layout: Option<LayoutName>,

    /// Include pages that are marked `draft: true`
    #[arg(long)]
    pub drafts: bool,

    /// Treat warnings as errors
    #[arg(long, help_heading = MESSAGES)]
    pub strict: bool,

    /// How mistakes are shown [default: human; github inside GitHub Actions]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = MESSAGES)]
    pub format: Option<FormatName>,

    /// Show all of them, however many there are
    #[arg(long, help_heading = MESSAGES)]
    pub all: bool,

    /// Show errors only
    #[arg(short, long, help_heading = MESSAGES)]
    pub quiet: bool,

    /// Show remarks too, and what was decided
    #[arg(short, long, conflicts_with = "quiet", help_heading = MESSAGES)]
    pub verbose: bool,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", help_heading = MESSAGES)]
    pub color: Color,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Mend what is certain: links to pages that were moved, wrong capitals, anchors with one that is near. The change is shown first
    #[arg(long)]
    pub fix: bool,

    /// Do not ask before files are changed
    #[arg(short, long, requires = "fix")]
    pub yes: bool,

    /// Only show what would be changed
    #[arg(long, requires = "fix", conflicts_with = "yes")]
    pub dry_run: bool,

    /// Check links to other hosts, too: it asks them, which takes a while
    #[arg(long)]
    pub external: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Lock {
    /// Give up the addresses that are gone; they are told
    #[arg(long)]
    pub accept: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Mv {
    /// The page, file or folder: its path, or the address of the page
    pub old: PathBuf,

    /// Where it is to be: a path or an address that is free, or a folder
    pub new: PathBuf,

    /// Only show what would be changed
    #[arg(long)]
    pub dry_run: bool,

    /// Do not lead readers on from the former addresses: nobody knows them yet
    #[arg(long)]
    pub no_redirect: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Follow changes: pages in the browser are up to date as soon as you save
    #[arg(short, long)]
    pub watch: bool,

    /// The address to serve at; 0.0.0.0 lets other computers in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    pub host: String,

    /// The port to serve at; the next free one is used if it is taken
    #[arg(short, long, value_name = "PORT", default_value_t = 8080)]
    pub port: u16,

    /// Fail if the port is taken
    #[arg(long)]
    pub strict_port: bool,

    /// Open the site in your browser
    #[arg(long)]
    pub open: bool,

    /// Look for changes twice a second: for network drives, and where --watch sees nothing
    #[arg(long, requires = "watch")]
    pub poll: bool,

    /// Scroll the open page to what you changed, if it is out of sight
    #[arg(long, requires = "watch")]
    pub follow: bool,

    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder of the site; it is made if it is not there
    #[arg(value_name = "DIR", default_value = ".")]
    pub folder: PathBuf,

    /// The language of the new pages [default: that of your system, if it is one of them, else en]
    #[arg(short, long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,

    /// Write the workflow, too, that checks pull requests and shows what they change
    #[arg(long)]
    pub pull_requests: bool,

    /// The repository of Pressoir on GitHub that workflows take it from [default: the one this program comes from]
    #[arg(long, value_name = "OWNER/NAME@VERSION")]
    pub action: Option<String>,

    /// Only show what would be written
    #[arg(long)]
    pub dry_run: bool,
}

/// A number from 1 on.
fn at_least_one(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| "write a number from 1 on".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// What to look for. The first of several words is the folder of your site, if a site lies there
    #[arg(value_name = "QUERY", num_args = 1.., required = true)]
    pub words: Vec<String>,

    /// How many sections to show
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10, value_parser = at_least_one)]
    pub limit: usize,

    /// The language to search in, by its tag or its folder: en, en-US [default: the first]
    #[arg(short, long, value_name = "LANG")]
    pub lang: Option<String>,

    /// How results are shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: SearchFormat,

    /// How the folder is laid out [default: found out by looking]
    #[arg(long, value_enum, value_name = "LAYOUT")]
    pub layout: Option<LayoutName>,

    /// Include pages that are marked `draft: true`
    #[arg(long)]
    pub drafts: bool,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", help_heading = MESSAGES)]
    pub color: Color,
}

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The site as it was: a folder of HTML or a zip archive, made by any generator
    pub old: PathBuf,

    /// The site as it is [default: that of the current folder, built now]
    pub new: Option<PathBuf>,

    /// How the difference is shown
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub format: DiffFormat,

    /// Show all, however much it is
    #[arg(long)]
    pub all: bool,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: Color,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// What stands between the brackets of a message, such as dead-link [default: list them all]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,

    /// The language of the explanation [default: that of your system, if it is one of them, else en]
    #[arg(short, long, value_enum, value_name = "LANG")]
    pub lang: Option<LanguageName>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LanguageName {
    En,
    Fr,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    Human,
    Json,
    Markdown,
}

// The names of values carry no help of their own: it would stretch the help of each command over three screens.

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LayoutName {
    Native,
    #[value(name = "vuepress1")]
    VuePress1,
    #[value(name = "vuepress2")]
    VuePress2,
    #[value(name = "vitepress")]
    VitePress,
    Bare,
}

impl From<LayoutName> for Layout {
    fn from(name: LayoutName) -> Layout {
        match name {
            LayoutName::Native => Layout::Native,
            LayoutName::VuePress1 => Layout::VuePress1,
            LayoutName::VuePress2 => Layout::VuePress2,
            LayoutName::VitePress => Layout::VitePress,
            LayoutName::Bare => Layout::Bare,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum FormatName {
    Human,
    Short,
    Json,
    Github,
    Sarif,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Format {
        match name {
            FormatName::Human => Format::Human,
            FormatName::Short => Format::Short,
            FormatName::Json => Format::Json,
            FormatName::Github => Format::Github,
            FormatName::Sarif => Format::Sarif,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SearchFormat {
    Human,
    Json,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(super) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn arguments_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_search_shows_that_its_folder_may_be_left_out() {
        let error = Arguments::try_parse_from(["pressoir", "search"]).expect_err("nothing is looked for").to_string();
        assert!(error.contains("Usage: pressoir search [OPTIONS] [DIR] QUERY\n"), "{error}");
        assert!(!error.contains("<DIR>"), "{error}");
    }
}
