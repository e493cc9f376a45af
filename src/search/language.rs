//! What search knows of a language: words that say little, and endings of words that mean the same.
//!
//! The index carries it, so that whoever reads the index needs no list of languages.

use serde::{Deserialize, Serialize};

/// What search knows of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Language {
    /// Words that say little, folded.
    pub stop: Vec<String>,
    /// Endings and what stands for them, in two rounds: in each the first that fits is replaced.
    pub endings: Vec<Vec<(String, String)>>,
    /// Whether it writes several nouns as one word, so that the end of a word may be looked for.
    pub compounds: bool,
}

/// No stem is shorter, in characters.
const SHORTEST: usize = 3;

/// Stop words, then the endings of the first round and of the second: `-ending`, or `-ending+replacement`.
type Rules = (&'static str, &'static str, &'static str);

const FRENCH: Rules = (
    "a afin ai ainsi alors as au aucun aussi aux avec avez avoir avons c ca car ce cela celle celui ces cet cette ceux chaque \
     chez comme comment dans de des dois doit donc dont du elle elles en entre es est estce et etait etc ete etes etre eux fait \
     faire faut il ils j je l la le les leur leurs lors lui m ma mais me meme mes moi mon ne ni nos notre nous on ont ou par pas \
     peut peux plus pour pourquoi puis puisje qu quand que quel quelle quelles quels qui quoi s sa sans se sera ses si son sont \
     sous sur t ta tes toi ton tous tout toute toutes tres tu un une veux vos votre vous y",
    "-apis+api -eaux+eau -aux+al -ss+ss -is+is -s -x",
    "-ment+ment -ation -ionner+ion -ionnez+ion -ionne+ion -euse+eur -trice+teur -enne+en -elle+el -ette+et -aient -antes -ante -ant -ees -ee -ent -er -ez -e",
);
const ENGLISH: Rules = (
    "a about am an and any are as at be been but by can could did do does doesnt dont for from get had has have how i if in \
     into is it its me my no not of on or our should so some such than that the their them then there these they this those to \
     too up us use using was we were what when where which while who why will with would you your",
    "-apis+api -ies+y -sses+ss -ss+ss -is+is -s",
    "-ction+ct -ation -ating -ated -ate -ables -able -ibles -ible -ing -ed -e",
);
const GERMAN: Rules = (
    "aber als am an auch auf aus bei bin bis das dass dem den der des die dies diese du durch ein eine einem einen einer eines er \
     es fur habe haben hat ich ihr im in ist kann kein mein mit nach nicht noch nur oder sich sie sind so uber um und uns von \
     vor wann warum was wenn wer werden wie wir wird wo zu zum zur",
    "",
    "-ungen+ung -ern -ers -en -em -er -es -e -n -s",
);
const SPANISH: Rules = (
    "a al algo ante como con cual cuando de del desde donde el ella ellos en entre era es esta estan este esto fue ha han hay la \
     las le les lo los mas me mi muy no nos o para pero por porque que quien se sin sobre son su sus te tiene tu un una unos y ya yo",
    "-ces+z -es -s",
    "-ando -iendo -ados -ado -ada -aron -ar -er -ir -amos -an -en -a -o -e",
);
const ITALIAN: Rules = (
    "a ad al alla anche che chi ci come con cosa da dal dalla de dei del della delle di dove e ed gli ha ho i il in io la le lo ma \
     mi ne nei nel nella no non o per perche piu puo quale quando quello questa questo se si sono su sul tra tu un una uno",
    "",
    "-ando -endo -are -ere -ire -ato -ata -ati -ate -hi -he -i -e -o -a",
);
const PORTUGUESE: Rules = (
    "a ao aos as como com da das de do dos e ela ele em entre era essa esse esta este eu foi ha isso isto ja mais mas me meu muito \
     na nao nas no nos o onde os ou para pela pelo por porque qual quando que quem se sem ser seu sua tem um uma voce",
    "-oes+ao -aes+ao -ais+al -eis+el -ns+m -s",
    "-ando -endo -indo -ado -ada -ar -er -ir -am -a -o -e",
);
const DUTCH: Rules = (
    "aan als bij dan dat de der deze die dit door een en er ge geen had heb hebben heeft het hij hoe ik in is je kan maar me met \
     mijn moet na naar niet nog nu of om onder ook op over te tot uit van veel voor waar waarom wanneer was wat we wel wie wij wil \
     worden wordt ze zich zijn zo zou",
    "",
    "-en -e -s",
);
const RUSSIAN: Rules = (
    "а без более бы был была были было быть в вам вас весь во вот все вы где да для до его ее если есть еще же за здесь и из или \
     им их к как какои когда кто ли мне можно мои мои на над надо наш не него нее нет ни но о об от очень по под при с со так также \
     такои там то тоже только тот ты у уже чего чем что чтобы эта эти это этот я",
    "",
    "-иями -ями -ами -иях -ях -ах -ого -его -ому -ему -ыми -ими -ая -яя -ое -ее -ые -ие -ыи -ии -ои -еи -ую -юю -ом -ем -ов -ев \
     -ам -ям -ать -ять -ить -еть -а -я -о -е -ы -и -у -ю -ь",
);
const UKRAINIAN: Rules = (
    "а або але без був була були було бути в вам вас ви від він вона вони все де до для з за и і із іх коли ми на не ні о ось по під при \
     про себе та так також там те ти то тут у це цеи ця ці чи що щоб я як яка яке яки якии які є",
    "",
    "-ями -ами -ях -ах -ого -ому -ими -іми -их -іх -оі -ою -ею -єю -ів -ев -єв -ам -ям -ати -яти -ити -іти -а -я -о -е -є -и -і -у -ю -ь",
);
const POLISH: Rules = (
    "a aby ale bez bo byc byl byla byli bylo czy co dla do gdy gdzie go i ich ile im ja jak jaka jaki jakie je jego jej jest jestem \
     jesli juz kiedy kto ktora ktore ktory lub ma mam mi mnie moge moj moja moze mozna my na nad nam nie niz o od on ona one oni oraz \
     po pod przed przez przy sa sie sobie ta tak takze tam te tego tej ten to tu ty tylko u w we wiec z za ze",
    "",
    "-iami -ami -iach -ach -ego -emu -ymi -ych -ym -imi -ich -im -owi -om -ow -em -ej -ie -ia -iu -y -i -e -a -u -o",
);
const TURKISH: Rules = (
    "ama bazi ben bir bu bunu da daha de degil diye en gibi hangi hem her icin ile ise kadar ki kim mi mu nasil ne neden nedir nerede o \
     olan olarak oldugu olur onu siz su ve veya ya",
    "-larinin -lerinin -larindan -lerinden -larinda -lerinde -larini -lerini -larina -lerine -lardan -lerden -larda -lerde -larin -lerin \
     -lari -leri -lara -lere -lar -ler",
    "-ndan -nden -dan -den -tan -ten -nda -nde -da -de -ta -te -nin -nun -yi -yu -in -un",
);
const VIETNAMESE: Rules = (
    "ban bang cac cach cho co cua da de den di do duoc gi hay khi khong la lam mot nao nay neu nhieu nhu nhung o sao se tai the thi trong \
     tu va vao ve vi voi",
    "",
    "",
);
// The article is taken off where words are read.
const ARABIC: Rules = (
    "اذا الذي الي التي ان او اي اين بعد ثم ذلك عن علي عند في قبل قد كان كل كيف لا لم لماذا لن ليس ما متي مع من هذا هذه هل هو هي يمكن",
    "",
    "-ات -ان -ون -ين -ها -هم -يه -ه -ي",
);
const CHINESE: Rules = (
    "的 了 吗 呢 吧 是 和 在 有 我 你 他 它 这 那 就 都 也 怎么 如何 什么 为什 么是 么不 么要 么用 怎样 哪些 哪个 可以 是否 没有 请问 一个 \
     我们 你们 的是 怎麼 什麼 為什 可否 需要",
    "",
    "",
);
const JAPANESE: Rules = (
    "の は が を に で と も へ や か な です ます する した して ない から まで より この その とは には では これ それ どの なに なぜ どう よう こと もの",
    "",
    "",
);
const KOREAN: Rules = ("은 는 이 가 을 를 의 에 로 와 과 도 니다 습니 하는 합니 어떻 떻게 무엇 왜", "", "");

impl Language {
    /// What is known of a language, by its BCP 47 tag; of one that nobody told us of, nothing.
    pub fn of(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let rules = match primary.as_str() {
            "fr" => FRENCH,
            "en" => ENGLISH,
            "de" => GERMAN,
            "es" | "ca" | "gl" => SPANISH,
            "it" => ITALIAN,
            "pt" => PORTUGUESE,
            "nl" => DUTCH,
            "ru" => RUSSIAN,
            "uk" => UKRAINIAN,
            "pl" => POLISH,
            "tr" => TURKISH,
            "vi" => VIETNAMESE,
            "ar" => ARABIC,
            "zh" => CHINESE,
            "ja" => JAPANESE,
            "ko" => KOREAN,
            _ => return Language { compounds: true, ..Language::default() },
        };
        let (stop, first, second) = rules;
        let round = |endings: &str| {
            let ending = |ending: &str| {
                let (ending, instead) = ending[1..].split_once('+').unwrap_or((&ending[1..], ""));
                (ending.to_owned(), instead.to_owned())
            };
            endings.split_whitespace().map(ending).collect()
        };
        let mut stop: Vec<String> = stop.split_whitespace().map(str::to_owned).collect();
        stop.sort();
        stop.dedup();
        let compounds = matches!(primary.as_str(), "de" | "nl");
        Language { stop, endings: vec![round(first), round(second)], compounds }
    }

    /// Whether a word says little.
    pub(super) fn is_stop(&self, word: &str) -> bool {
        self.stop.iter().any(|stop| stop == word)
    }

    /// What words of the same meaning share.
    pub(super) fn stem(&self, word: &str) -> String {
        let mut stem = word.to_owned();
        for round in &self.endings {
            let fits = |(ending, instead): &&(String, String)| {
                stem.strip_suffix(ending.as_str())
                    .is_some_and(|rest| rest.chars().count() + instead.chars().count() >= SHORTEST)
            };
            if let Some((ending, instead)) = round.iter().find(fits) {
                stem.truncate(stem.len() - ending.len());
                stem.push_str(instead);
            }
        }
        stem
    }

    /// What a heading or a whole query is known by: the stems of its words that say something, in order, each with a space
    /// behind it. `None` where there is no word.
    pub(super) fn key(&self, wholes: &[&str]) -> Option<String> {
        let telling: Vec<&str> = wholes.iter().copied().filter(|word| !self.is_stop(word)).collect();
        let words = if telling.is_empty() { wholes } else { &telling };
        let key: String = words.iter().map(|word| self.stem(word) + " ").collect();
        (!key.is_empty() && key.chars().count() <= LONGEST_KEY).then_some(key)
    }
}

/// No key is longer: what is that long is a sentence.
const LONGEST_KEY: usize = 80;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_taken_off() {
        for (tag, words) in [
            ("fr", ["licence", "licences"]),
            ("fr-FR", ["mesurer", "mesurez"]),
            ("fr", ["canal", "canaux"]),
            ("en", ["overriding", "override"]),
            ("en", ["redirections", "redirect"]),
            ("en", ["installation", "install"]),
            ("en", ["creating", "created"]),
            ("en", ["apis", "api"]),
            ("fr", ["menus", "menu"]),
            ("fr", ["française", "français"]),
            ("fr", ["installation", "installer"]),
            ("fr", ["sélection", "sélectionner"]),
            ("fr", ["anonymiser", "anonymisation"]),
            ("en-US", ["libraries", "library"]),
            ("de", ["kapitel", "kapiteln"]),
            ("pl", ["pliki", "plikow"]),
            ("pl", ["strona", "stronie"]),
            ("pl", ["konfiguracja", "konfiguracji"]),
            ("uk", ["налаштування", "налаштуваннями"]),
            ("uk", ["сторінка", "сторінки"]),
            ("tr", ["sayfa", "sayfalar"]),
            ("tr", ["ayar", "ayarlarin"]),
            ("de", ["kinder", "kindern"]),
            ("de", ["fehler", "fehlers"]),
            ("ar", ["صفحه", "صفحات"]),
        ] {
            let language = Language::of(tag);
            assert_eq!(language.stem(words[0]), language.stem(words[1]), "{words:?}");
        }
        assert_eq!(Language::of("en").stem("is"), "is");
        assert_eq!(Language::of("tlh").stem("words"), "words");
    }

    #[test]
    fn stop_words_are_folded() {
        for tag in ["fr", "en", "de", "es", "it", "pt", "nl", "ru", "uk", "pl", "tr", "vi", "ar", "zh", "ja", "ko"] {
            for word in Language::of(tag).stop {
                assert_eq!(crate::search::fold(&word), word, "{tag}");
            }
        }
    }
}
