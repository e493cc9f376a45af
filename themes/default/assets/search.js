// Search, loaded when it is used first. It ranks as `pressoir search` does, from the same files, result by result: whoever
// changes a rule here changes it in src/search/ too, and tests/search/ holds both to it.
(() => {
  const page = document, own = page.currentScript;

  // Words

  const RUN = "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3ffff}]";
  const SIGN = "[\\p{Alphabetic}\\p{N}\\p{M}]", SPACED = `(?:(?!${RUN})${SIGN})`;
  const SIGNED = `[A-Za-z](?:\\+\\+|#)(?!(?!\\d)${SPACED})`;
  const token = new RegExp(`${SIGNED}|(?:(?=${SIGN})${RUN})+|${SPACED}+(?:[._-]${SPACED}+)*`, "gu");
  // The same where there are no runs, in a fraction of the time.
  const spacedToken = new RegExp(`${SIGNED}|${SIGN}+(?:[._-]${SIGN}+)*`, "gu"), isSigned = /[+#]$/, anyRun = new RegExp(RUN, "u");
  const isRun = new RegExp(`^${RUN}`, "u"), isSign = new RegExp(`^${SIGN}$`, "u");
  const beforeWord = new RegExp(`^['’]${SIGN}`, "u"), behindWord = new RegExp(`${SIGN}['’]$`, "u");
  // What an apostrophe leaves of articles, and of words behind it.
  const isBefore = /^(?:.|qu)$/iu, isBehind = /^(?:[stdm]|re|ve|ll)$/i;
  const misspelt = new RegExp(`^(?:(?!${RUN})\\p{Alphabetic}){4,24}$`, "u");
  const LEFT = "\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufeff";
  const hump = new RegExp(`(?<=\\p{Lowercase})(?=\\p{Uppercase})|(?<=\\p{Uppercase})(?=\\p{Uppercase}\\p{Lowercase}{2})|(?<=[${LEFT}])(?=[^${LEFT}])|(?<=[^${LEFT}])(?=[${LEFT}])`, "u");
  const accent = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/;
  const plain = { œ: "oe", æ: "ae", ß: "ss", þ: "th", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", ς: "σ", ى: "ي", ة: "ه" };
  const size = (text) => /[\ud800-\udfff]/.test(text) ? [...text].length : text.length;
  const cut = (text, most) => [...text].slice(0, most).join("");
  // Signs recur: what was made of one is kept.
  const cleanSigns = new Map();
  const clean = (sign) => {
    let known = cleanSigns.get(sign);
    if (known === undefined) {
      const folded = isRun.test(sign) ? sign : [...sign.normalize("NFKD")].map((part) => accent.test(part) ? "" : plain[part] ?? part).join("");
      cleanSigns.set(sign, known = [...folded].filter((sign) => isSign.test(sign)).join(""));
    }
    return known;
  };
  const cleaned = (word) => [...word.normalize("NFKC").toLowerCase()].map(clean).join("");
  // The Arabic article, and what is written together with it.
  const article = /^(?:[وبكف]?ال|لل)(?=...)/u;

  // Words recur: what was made of one is kept, unless it is just the word.
  const read = new Map(), isPlain = /^[a-z\d]{3,40}$/, none = [];
  const parts = (word) => {
    let known = read.get(word);
    if (known) return known;
    if (isSigned.test(word)) word = word.toLowerCase();
    if (isPlain.test(word) || isSigned.test(word)) return { leaves: [word], joins: none, whole: word, run: false };
    let whole = "", leaves = [], joins = [];
    const run = isRun.test(word), pieces = run ? [] : word.split(/[._-]/);
    if (run) {
      whole = cleaned(word);
      const signs = [...whole];
      leaves = [...signs, ...signs.slice(1).map((sign, index) => signs[index] + sign)];
    }
    for (const piece of pieces) {
      const parts = piece.split(hump).map((part) => cleaned(part).replace(article, "")).filter(Boolean), joined = parts.join("");
      whole += joined;
      if (parts.length > 1 && pieces.length > 1) joins.push(joined);
      leaves.push(...parts);
    }
    if (!run && leaves.length > 1) joins.push(whole);
    joins = joins.filter((join) => size(join) <= 60);
    if (!run) leaves = leaves.map((leaf) => cut(leaf, 40));
    if (read.size > 50000) read.clear();
    read.set(word, known = { leaves, joins, whole: cut(whole, 60), run, short: pieces.length === 1 && size(word) <= 2 && [isBefore.test(word), isBehind.test(word)] });
    return known;
  };

  // A token: where it stands, its leaves (all that is to be found by itself), its joins, the whole of it.
  const tokens = (text) => {
    const found = [];
    for (const match of text.matchAll(anyRun.test(text) ? token : spacedToken)) {
      const start = match.index, end = start + match[0].length, { leaves, joins, whole, run, short } = parts(match[0]);
      if (short && (short[0] && beforeWord.test(text.slice(end, end + 3)) || short[1] && behindWord.test(text.slice(Math.max(0, start - 3), start)))) continue;
      if (leaves.length) found.push({ start, end, leaves, joins, whole, run });
    }
    return found;
  };

  // Letters put in, left out, changed or swapped: to the whole of b, and to its best beginning. Cells further than `most` from
  // the diagonal count more than that.
  const spelt = (text) => {
    const codes = [];
    let letters = 0;
    for (const sign of text) {
      const code = sign.codePointAt();
      codes.push(code);
      letters |= 1 << (code & 31);
    }
    return { text, codes, letters };
  };
  const between = ({ codes: a, letters }, { codes: b, letters: others }, most) => {
    const none = [most + 1, most + 1], width = 2 * most + 3, end = Math.min(b.length, a.length + most);
    let missing = letters & ~others;
    for (let left = most; missing; missing &= missing - 1) if (!left--) return none;
    // In a row, the cell of b's letter j stands at j - i + most + 1.
    let before, last = new Uint8Array(width).fill(most + 1), row = new Uint8Array(width), spare = new Uint8Array(width);
    for (let j = 0; j <= Math.min(most, end); j++) last[j + most + 1] = j;
    for (let i = 1; i <= a.length; i++) {
      row.fill(most + 1);
      let least = most + 1;
      for (let j = Math.max(0, i - most); j <= Math.min(end, i + most); j++) {
        const at = j - i + most + 1;
        let cost = j ? Math.min(last[at] + (a[i - 1] !== b[j - 1]), last[at + 1] + 1, row[at - 1] + 1) : i;
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[at] + 1);
        row[at] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return none;
      const free = before ?? spare;
      [before, last, row] = [last, row, free];
    }
    const of = b.length - a.length + most + 1;
    return [of < 0 || of >= width ? most + 1 : Math.min(last[of], most + 1), Math.min(...last, most + 1)];
  };

  // The index

  const digits = new Uint8Array(128);
  [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"].forEach((sign, value) => { digits[sign.charCodeAt()] = value; });
  const number = (text, at) => {
    let value = 0, scale = 1;
    for (;;) {
      const digit = digits[text.charCodeAt(at.place++)];
      value += (digit & 31) * scale;
      if (digit < 32) return value;
      scale *= 32;
    }
  };
  // How many of a sorted list come before the first that is after.
  const after = (list, isAfter) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      isAfter(list[middle]) ? high = middle : low = middle + 1;
    }
    return low;
  };
  const written = (text, before) => before.slice(0, digits[text.charCodeAt()]) + text.slice(1);

  // Every file hands its data to this function, so that it can be read from the disk, too.
  const waiting = new Map();
  window.pressoirSearch = (data) => waiting.get(page.currentScript)?.(data);

  class Index {
    files = new Map();
    shards = new Map();
    ends = new Map();

    constructor(folder) {
      this.folder = folder;
    }

    file(name, fresh = "") {
      if (!this.files.has(name)) {
        const loaded = new Promise((resolve, reject) => {
          const script = page.createElement("script");
          waiting.set(script, resolve);
          script.onload = script.onerror = () => { waiting.delete(script); script.remove(); reject(new Error(name)); };
          script.src = `${this.folder}${this.folders ? name.replace(/^../, "$&/") : name}.js${fresh}`;
          page.head.append(script);
        });
        loaded.catch(() => this.files.delete(name));
        this.files.set(name, loaded);
      }
      return this.files.get(name);
    }

    async open(fresh) {
      const manifest = await this.file("index", fresh);
      Object.assign(this, manifest, { stop: new Set(manifest.language.stop) });
      return this;
    }

    // The number of the file of a list before which all comes that is not after.
    async place(tree, isAfter) {
      const find = (keys) => keys.length ? Math.max(after(keys, isAfter) - 1, 0) : -1;
      const place = find(tree.k);
      if (!tree.d || place < 0) return place;
      return place * tree.d + find((await this.file(tree.f[place])).k);
    }

    async entry(tree, place) {
      const list = tree.d ? await this.file(tree.f[Math.floor(place / tree.d)]) : tree, at = tree.d ? place % tree.d : place;
      return [list.f[at], list.k[at]];
    }

    placeOf(term) {
      return this.place(this.terms, (key) => key > term);
    }

    // A shard: its terms in order, what is written of each, and the terms by their stems.
    async shard(place) {
      if (!this.shards.has(place)) {
        const [name] = await this.entry(this.terms, place), lists = new Map(), stems = new Map();
        let term = "";
        for (const entry of (await this.file(name)).split(",")) {
          const colon = entry.indexOf(":");
          term = written(entry.slice(0, colon), term);
          lists.set(term, entry.slice(colon + 1));
          if (!misspelt.test(term)) continue;
          const stem = this.stem(term), same = stems.get(stem);
          same ? same.push(term) : stems.set(stem, [term]);
        }
        this.shards.set(place, { terms: [...lists.keys()], lists, stems });
      }
      return this.shards.get(place);
    }

    // The sections of a term, if one of these shards has it.
    listOf(term, shards) {
      for (const { lists } of shards) {
        const list = lists.get(term);
        if (list === undefined) continue;
        if (typeof list === "string") lists.set(term, postings(list));
        return lists.get(term);
      }
      return null;
    }

    // A list with the sections of its tail.
    async whole(list) {
      return list.whole ??= { ...list, list: list.list.concat(postings(await this.file(list.tail)).list) };
    }

    async ending(place) {
      if (!this.ends.has(place)) {
        const [name] = await this.entry(this.endings, place), words = [];
        let before = "";
        for (const entry of (await this.file(name)).split(",")) {
          before = written(entry, before);
          words.push(spelt([...before].reverse().join("")));
        }
        this.ends.set(place, words);
      }
      return this.ends.get(place);
    }

    async wordsEndingAs(word) {
      const signs = [...word].reverse(), backwards = signs.join(""), near = signs.slice(0, 3).join("");
      const place = (key) => this.place(this.endings, (known) => known > key);
      const first = await place(near), last = await place(backwards), words = [];
      if (last < 0) return words;
      for (let at = Math.max(first, last - 1); at <= last; at++) words.push(...await this.ending(at));
      return words;
    }

    async section(number) {
      const [name, first] = await this.entry(this.texts, await this.place(this.texts, (key) => key > number));
      let at = number - first;
      for (const [url, title, rows] of await this.file(name)) {
        if (at < rows.length) return { url, title, row: rows[at] };
        at -= rows.length;
      }
      throw new Error(name);
    }

    stem(word) {
      for (const round of this.language.endings) {
        for (const [ending, instead] of round) {
          if (word.endsWith(ending) && size(word) - size(ending) + size(instead) >= 3) {
            word = word.slice(0, word.length - ending.length) + instead;
            break;
          }
        }
      }
      return word;
    }

    key(wholes) {
      const telling = wholes.filter((word) => !this.stop.has(word));
      const key = (telling.length ? telling : wholes).map((word) => this.stem(word) + " ").join("");
      return key && size(key) <= 80 ? key : null;
    }

    // The ranking

    query(text) {
      const all = tokens(cut(text, 300)), joins = new Set();
      let leaves = [];
      for (const { run, leaves: own, joins: together } of all) {
        leaves.push(...own.filter((leaf) => !(run && own.length > 1) || size(leaf) === 2));
        together.forEach((join) => joins.add(join));
      }
      const pairs = all.slice(1).map((next, index) => !next.run && !all[index].run ? all[index].whole + next.whole : null);
      pairs.forEach((pair) => { if (pair !== null) joins.add(pair); });
      if (leaves.some((leaf) => !this.stop.has(leaf))) leaves = leaves.filter((leaf) => !this.stop.has(leaf));
      leaves = [...new Set(leaves.reverse())].reverse().slice(-16);
      // With each join, the leaves that it stands for: a bit for each.
      const together = [...joins].filter((join) => !leaves.includes(join)).map((join) => [join, leaves.reduce((bits, leaf, index) => join.includes(leaf) ? bits | bit(index) : bits, 0)]);
      return { leaves, joins: together, pairs, wholes: all.map(({ whole }) => whole) };
    }

    forms(word, last, shards) {
      const stem = this.stem(word), found = [];
      let longer = [];
      for (const { terms, lists, stems } of shards) {
        if (lists.has(word)) found.push([word, 100]);
        const same = new Set(stems.get(stem));
        for (const term of same) if (term !== word) found.push([term, 85]);
        for (let at = after(terms, (term) => term > word); at < terms.length && terms[at].startsWith(word); at++) {
          if (!terms[at].includes(" ") && !same.has(terms[at])) longer.push(terms[at]);
        }
      }
      if (last || !found.length) {
        const [least, more] = found.length ? [15, 30] : [35, 50];
        longer = longer.map((term) => [term, size(term)]).sort((a, b) => a[1] - b[1]).slice(0, 24);
        for (const [term, length] of longer) found.push([term, least + Math.floor(more * size(word) / length)]);
      }
      return found;
    }

    corrections(word, last, terms) {
      const most = forgiven(word), found = [], own = spelt(word), { length } = own.codes, long = last && length >= 5;
      const letters = ({ codes }) => [...codes].sort((a, b) => a - b).join();
      if (!most) return found;
      const mine = letters(own);
      for (const [term, shard] of terms) {
        if (term.codes.length + most < length || !long && term.codes.length > length + most) continue;
        const [whole, beginning] = between(own, term, most);
        const slips = long && beginning < whole ? beginning + 1 : whole;
        if (slips <= most || slips === 2 && beginning === 1 && long) {
          found.push([slips, letters(term) !== mine, term.codes[0] !== own.codes[0], shard ? this.listOf(term.text, [shard]).sections : 0, term.text]);
        }
      }
      return found;
    }

    nearest(found) {
      found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || b[3] - a[3] || (a[4] < b[4] ? -1 : 1));
      const nearest = found.filter(([slips]) => slips === found[0][0]).slice(0, 4);
      return nearest.map(([slips, , other, , term]) => [term, (slips <= 1 ? 65 : 45) - 10 * other]);
    }

    spellings(near) {
      return near.flatMap((shard) => (shard.words ??= [...shard.stems.values()].flat().map(spelt)).map((term) => [term, shard]));
    }

    // The words that are meant by one that nobody wrote; and whether it is a slip, not a part of them.
    async mended(leaf, last, near) {
      const words = await this.wordsEndingAs(leaf), length = size(leaf);
      const compounds = length < 5 || !this.language.compounds ? [] : words.filter(({ text }) => text.endsWith(leaf) && text !== leaf)
        .sort((a, b) => a.codes.length - b.codes.length || (a.text < b.text ? -1 : 1)).slice(0, 24);
      if (compounds.length) return [compounds.map(({ text, codes }) => [text, 35 + Math.floor(50 * length / codes.length)]), false];
      const found = this.corrections(leaf, last, this.spellings(near)), known = new Set(found.map((one) => one[4]));
      found.push(...this.corrections(leaf, last, words.map((word) => [word])).filter((one) => !known.has(one[4])));
      return [this.nearest(found), true];
    }

    rarity({ sections }) {
      return Math.max(1, Math.round(Math.log(1 + (this.sections - sections + 0.5) / (sections + 0.5)) * 100));
    }

    async places(leaf, last) {
      const stem = this.stem(leaf), at = await this.placeOf(leaf);
      if (at < 0) return [];
      const letters = [...leaf], shared = [];
      for (const [index, sign] of [...stem].entries()) { if (sign !== letters[index]) break; shared.push(sign); }
      const places = new Set([at]);
      if (shared.length >= 3) places.add(Math.max(await this.placeOf(shared.join("")), at - 1));
      if (last && letters.length >= 3) places.add(Math.min(await this.placeOf(leaf + "\uffff"), at + 1));
      return [...places].sort((a, b) => a - b);
    }

    // What a query looks for, loaded: of each leaf what it tells and the terms for it, [[weight, rarity, list]…]; what is written together,
    // [[term, bits, list]…]; headings that say it, [[list, part, of]…]; the terms that were found, the words that were mended.
    async gather(text) {
      const { leaves, joins, pairs, wholes } = this.query(text), used = new Set(), marked = new Set(), corrected = [];
      const shards = (places) => Promise.all(places.map((place) => { used.add(place); return this.shard(place); }));
      const listOf = async (term) => {
        const place = await this.placeOf(term);
        return place >= 0 ? this.listOf(term, await shards([place])) : null;
      };
      const end = leaves.length - 1, tells = [], terms = [], found = [];
      const places = await Promise.all(leaves.map((leaf, index) => this.places(leaf, index === end)));
      const nearby = await Promise.all(places.map(shards)), loaded = new Set(used);
      let covered = 0;
      for (const [join, bits] of joins) {
        // With one of two words left out, nothing else leads to what is written together.
        if (!loaded.has(await this.placeOf(join)) && wholes.length !== 2) continue;
        const list = await listOf(join);
        if (!list) continue;
        found.push([join, bits, list]);
        covered |= bits;
      }
      const joined = new Set(found.map(([join]) => join));
      for (const [index, leaf] of leaves.entries()) {
        const last = index === end, near = nearby[index], lists = [];
        let matches = this.forms(leaf, last, near);
        // What stands only together with its neighbour is no slip.
        if (!matches.length && forgiven(leaf) && !(covered & bit(index))) {
          let isSlip;
          [matches, isSlip] = await this.mended(leaf, last, near);
          if (isSlip && matches.length) corrected.push([leaf, matches[0][0]]);
        // What hardly anybody wrote may be a slip that somebody else made, too. Among others it is of less weight.
        } else if (matches.length && forgiven(leaf) && matches.reduce((sum, [term]) => sum + (this.listOf(term, near)?.sections ?? 0), 0) <= 2) {
          const others = this.nearest(this.corrections(leaf, last, this.spellings(near).filter(([{ text }]) => text !== leaf)));
          matches.push(...others.filter(([term]) => matches.every(([known]) => known !== term)));
        }
        for (const [term, weight] of matches) {
          const list = await listOf(term);
          marked.add(term);
          if (list) lists.push([weight, this.rarity(list), list]);
        }
        terms.push(lists);
        tells.push(lists.find(([weight]) => weight === 100)?.[1] ?? Math.max(0, ...lists.map(([, rarity]) => rarity)));
      }
      // Among several words each section counts that holds one.
      await Promise.all(terms.flat().map(async (one) => {
        if (end && one[0] >= 85 && one[2].tail) one[2] = await this.whole(one[2]);
      }));
      // What a name of several words is with the slips in them mended.
      for (const [join, bits] of joins) {
        const meant = corrected.reduce((name, [leaf, term]) => name.replace(leaf, term), join), list = meant !== join && await listOf(meant);
        if (list) found.push([meant, bits, list]);
      }
      for (const [join] of found) marked.add(join);
      const together = [], keys = [];
      for (let index = 0; index < wholes.length; index++) together.push(joined.has(pairs[index]) ? pairs[index++] : wholes[index]);
      const asked = [wholes.map((whole) => corrected.find(([word]) => word === whole)?.[1] ?? whole)];
      if (together.length < wholes.length) asked.push(together);
      for (const typed of asked) keys.push(...await this.headings(typed, shards));
      return { tells, terms, found, keys, marked, corrected, wholes, together };
    }

    // Adds up what was gathered: the best sections, [[score, section]…], how many there are, how much all the words tell, and the sections
    // whose heading says just that. Nothing is waited for here, so the same sums serve every query.
    sum({ tells, terms, found, keys }, most) {
      const { points, held, best } = this.sums ??= { points: new Float64Array(this.sections), held: new Uint32Array(this.sections), best: new Float64Array(this.sections) };
      const reached = [], keyed = new Set();
      const add = (section, more, bits) => {
        if (!held[section]) reached.push(section);
        held[section] |= bits | 1;
        points[section] += more;
      };
      for (const [index, lists] of terms.entries()) {
        const touched = [];
        for (const [weight, rarity, { list }] of lists) {
          const factor = weight * Math.min(rarity, tells[index]);
          for (let at = 0; at < list.length; at += 2) {
            const section = list[at], more = factor * list[at + 1], known = best[section];
            if (!known) touched.push(section);
            if (more > known) best[section] = more;
          }
        }
        for (const section of touched) {
          add(section, best[section], bit(index));
          best[section] = 0;
        }
      }
      for (const [, bits, list] of found) {
        const factor = this.rarity(list) * 100;
        for (let at = 0; at < list.list.length; at += 2) add(list.list[at], factor * list.list[at + 1], bits);
      }
      // Who holds all of the words comes before who holds the rarest of them.
      const worth = (bits) => tells.reduce((sum, own, index) => bits & bit(index) ? sum + own : sum, 0), all = worth(-1), shares = [];
      if (all) {
        for (const section of reached) {
          const part = shares[held[section]] ??= worth(held[section]);
          points[section] = Math.floor(Math.floor(points[section] * part / all) * part / all);
        }
      }
      for (const [{ list }, part, of] of keys) {
        for (let at = 0; at < list.length; at += 2) {
          add(list[at], Math.floor(Math.max(all, 100) * 100 * list[at + 1] * part / of), 0);
          if (part === of) keyed.add(list[at]);
        }
      }
      const order = [];
      let least = -1;
      for (const section of reached) {
        const score = points[section];
        points[section] = held[section] = 0;
        if (score < least) continue;
        const one = [score, section];
        order.splice(after(order, (other) => comes(one, other) < 0), 0, one);
        if (order.length > most) order.pop();
        if (order.length === most) least = order[most - 1][0];
      }
      return { order, total: reached.length, all, keyed };
    }

    // The best sections for a query: [[score, section]…], how many there are, the terms that were found, the words that were mended.
    async rank(text, limit) {
      const gathered = await this.gather(text), { wholes, together, marked, corrected } = gathered;
      const { order, total, all, keyed } = this.sum(gathered, Math.max(limit, 20));
      // The index knows headings by the stems of their words: in the texts the words themselves are there.
      const isTyped = (heading) => {
        const own = tokens(heading).map(({ whole }) => whole);
        return own.length > 0 && [wholes, together].some((typed) => typed.length === own.length && own.every((word, index) => word === typed[index]));
      };
      // Words beside each other tell more where they stand so, too; the last may be a beginning.
      const neighbours = new Set(wholes.slice(1).map((word, index) => `${wholes[index]} ${word}`)), last = wholes.slice(-2).join(" ");
      const beside = (texts) => {
        const found = new Set();
        for (const text of texts) {
          let before = "";
          for (const { whole } of tokens(text)) {
            const pair = before + whole;
            if (neighbours.has(pair)) found.add(pair);
            else if (pair.startsWith(last)) found.add(last);
            before = `${whole} `;
          }
        }
        return found.size;
      };
      // What is shown is loaded together with what is read.
      if (neighbours.size) for (const [, section] of order.slice(0, limit)) this.section(section).catch(() => {});
      await Promise.all(order.slice(0, 20).map(async (one, place) => {
        const isRead = place < 5 && neighbours.size, isKeyed = keyed.has(one[1]);
        if (!isRead && !isKeyed) return;
        const { title, row: [, trail, text, code] } = await this.section(one[1]), heading = trail.at(-1) ?? title;
        if (isRead) one[0] += Math.floor(one[0] * beside([heading, text, code]) / neighbours.size);
        if (isKeyed && isTyped(heading)) one[0] += Math.max(all, 100) * 3000;
      }));
      return { order: order.sort(comes).slice(0, limit), total, marked, corrected };
    }

    // The lists of headings that say just that, or begin so: [[list, part, of]…].
    async headings(wholes, shards) {
      const key = this.key(wholes), place = key ? await this.placeOf(key) : -1, found = [];
      if (place < 0) return found;
      const [shard] = await shards([place]);
      if (shard.lists.has(key)) found.push([this.listOf(key, [shard]), 1, 1]);
      const last = wholes.at(-1), telling = wholes.slice(0, -1).filter((word) => !this.stop.has(word));
      const before = telling.length ? this.key(telling) : "";
      if (before === null || size(last) < 2) return found;
      const beginning = before + last, length = size(beginning), { terms } = shard;
      for (let at = after(terms, (term) => term >= beginning), count = 0; count < 50 && at < terms.length && terms[at].startsWith(beginning); at++) {
        if (!terms[at].includes(" ") || terms[at] === key) continue;
        count++;
        found.push([this.listOf(terms[at], [shard]), length, 2 * size(terms[at])]);
      }
      return found;
    }

    async search(text, limit) {
      const { order, total, marked, corrected } = await this.rank(text, limit);
      const hits = await Promise.all(order.map(async ([score, section]) => {
        const { url, title, row: [id, trail, text, code] } = await this.section(section);
        return { url, id, title, trail, excerpt: excerpt(trail.at(-1) ?? title, text, code, marked), score };
      }));
      return { hits, total, corrected, marked };
    }
  }

  const forgiven = (word) => !misspelt.test(word) ? 0 : size(word) >= 8 ? 2 : 1;
  // The order of sections.
  const comes = (a, b) => b[0] - a[0] || a[1] - b[1];
  // The bit of a leaf; the first is that of every section that was reached.
  const bit = (index) => 2 << index;
  // The sections of a term in order, each followed by its impact.
  const postings = (text) => {
    const fields = text.split("!"), at = { place: 0 }, list = [], [count, tail] = fields;
    text = fields.at(-1);
    let section = 0;
    while (at.place < text.length) {
      section += number(text, at);
      list.push(section, digits[text.charCodeAt(at.place++)]);
    }
    return { sections: tail ? number(count, { place: 0 }) : list.length / 2, list, tail };
  };

  // Excerpts

  const marks = (text, terms) => {
    const found = [];
    for (const { start, end, leaves, joins, run } of tokens(text)) {
      if (!run) {
        const term = [...leaves, ...joins].find((leaf) => terms.has(leaf));
        if (term !== undefined) found.push([start, end, term]);
        continue;
      }
      const signs = [...text.slice(start, end)];
      let at = start;
      for (const [index, sign] of signs.entries()) {
        const pair = sign + (signs[index + 1] ?? ""), term = terms.has(pair) ? pair : terms.has(sign) ? sign : null;
        if (term) {
          const last = found.at(-1);
          if (last && last[1] >= at) last[1] = at + term.length;
          else found.push([at, at + term.length, term]);
        }
        at += sign.length;
      }
    }
    return found;
  };

  const spaced = (text) => text.split(/[\s\x85]+/).filter(Boolean).join(" ");
  // The part of a section with the most of the words, and which of them are anywhere in it.
  const excerpt = (heading, text, code, terms) => {
    text = spaced(text);
    code = spaced(code);
    let found = marks(text, terms);
    const inCode = marks(code, terms), all = [...marks(heading, terms), ...found, ...inCode].map(([, , term]) => term);
    const different = (marks) => new Set(marks.map(([, , term]) => term)).size;
    if (!text || different(inCode) > different(found)) [text, found] = [code, inCode];
    const signs = [...text], offsets = [];
    let at = 0;
    for (const sign of signs) { offsets.push(at); at += sign.length; }
    offsets.push(at);
    const place = (offset) => after(offsets, (at) => at >= offset);
    let most = 0, best = 0;
    for (const [start] of found) {
      const end = place(start) + 120;
      const near = different(found.filter(([from, to]) => from >= start && place(to) <= end));
      if (near > most) [most, best] = [near, place(start)];
    }
    const last = signs.length;
    let first = best <= 40 || last <= 160 ? 0 : best - 40;
    if (first > 0) {
      const space = text.slice(offsets[first], offsets[best]).indexOf(" ");
      if (space >= 0) first = place(offsets[first] + space + 1);
    }
    let end = Math.min(first + 160, last);
    if (end < last) {
      const part = text.slice(offsets[first], offsets[end]), space = part.lastIndexOf(" ");
      if (space >= 0 && new TextEncoder().encode(part.slice(0, space)).length > 60) end = place(offsets[first] + space);
    }
    const from = offsets[first], to = offsets[end], before = from > 0 ? "… " : "", shift = (at) => at - from + before.length;
    return {
      text: before + text.slice(from, to) + (to < text.length ? " …" : ""),
      marks: found.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [shift(start), shift(end)]),
      terms: [...new Set(all)].slice(0, 8),
    };
  };

  // Pages

  const element = (name, properties, ...children) => {
    const made = Object.assign(page.createElement(name), properties);
    made.append(...children);
    return made;
  };
  const marked = ({ text, marks }) => {
    const parts = [];
    let at = 0;
    for (const [start, end] of marks) {
      parts.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
      at = end;
    }
    return [...parts, text.slice(at)];
  };
  const words = (text, values) => text.replace(/:(\w+)/g, (whole, name) => values[name] ?? whole);

  // Marks words where the reader arrives, and shows the first of them.
  const markWords = (root, list) => {
    const terms = new Set(list), unseen = new Set(list), walker = page.createTreeWalker(root, NodeFilter.SHOW_TEXT), nodes = [];
    while (walker.nextNode()) if (!walker.currentNode.parentElement.closest("script, style, svg, math, mark, .code-bar, .tab-list, .tab-title")) nodes.push(walker.currentNode);
    const made = [], place = page.querySelector(":target") ?? root.querySelector("h1"), isBehind = (it) => !place || place.compareDocumentPosition(it) & 4;
    // There is an end to marking, and it begins where the reader arrives.
    for (const node of [...nodes.filter(isBehind), ...nodes.filter((node) => !isBehind(node))]) {
      const found = made.length < 500 ? marks(node.data, terms) : [], parts = marked({ text: node.data, marks: found });
      if (found.length) node.replaceWith(...parts);
      made.push(...parts.filter((part) => part.nodeName));
      // The first of each word behind the place of arrival is not hidden.
      for (const [index, [, , term]] of found.entries()) {
        let around = made.at(index - found.length);
        if (!isBehind(around) || !unseen.delete(term)) continue;
        while (around = around.parentElement.closest("details, [hidden]")) {
          around.open = true;
          around.dispatchEvent(new Event("beforematch"));
        }
      }
    }
    const first = made.find(isBehind), next = [...root.querySelectorAll("h2, h3, h4, h5, h6")].find((heading) => heading !== place && isBehind(heading));
    const goOn = () => {
      const { top, bottom } = first.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) first.scrollIntoView({ block: "center", behavior: "instant" });
    };
    // Until all is loaded the browser goes back to the place itself, unless the reader goes elsewhere.
    const gone = new AbortController();
    for (const kind of ["wheel", "touchmove", "keydown", "mousedown"]) addEventListener(kind, () => gone.abort(), { once: true, passive: true });
    if (first && !(next?.compareDocumentPosition(first) & 4)) page.readyState === "complete" ? goOn() : addEventListener("load", () => setTimeout(goOn), { signal: gone.signal });
    page.addEventListener("keydown", ({ key }) => { if (key === "Escape" && !page.querySelector("dialog[open]")) made.forEach((mark) => mark.replaceWith(...mark.childNodes)); });
  };

  // A host may hold many sites, and each has its own.
  const recent = (key) => { try { return [].concat(JSON.parse(localStorage.getItem(key)) ?? []); } catch { return []; } };
  const remember = (key, query) => {
    try { localStorage.setItem(key, JSON.stringify([query, ...recent(key).filter((other) => other !== query)].slice(0, 5))); } catch {}
  };

  const forget = (key) => { try { localStorage.removeItem(key); } catch {} };

  // Looks for what stands in a field while it is typed, and has it shown.
  const follow = (dialog, input, status, limit, show) => {
    const { root, index: folder } = dialog.dataset, say = dialog.words;
    let index, kept, turn = 0, later;
    const open = (fresh) => {
      // What is being written changes at any time.
      if (window.pressoirLive) [index, fresh] = [null, `?${Date.now()}`];
      // Without a network what was read is kept.
      return index ??= new Index(root + folder).open(fresh).then((opened) => kept = opened, (error) => { index = kept; throw error; });
    };
    const look = async () => {
      const query = input.value.trim(), mine = ++turn;
      let found = null, message = "";
      // What is said is of what stands in the field, and not of what stood there; what takes time is told to.
      clearTimeout(later);
      later = setTimeout(() => { status.textContent = "…"; }, 800);
      try {
        if (query) {
          try {
            found = await (await open()).search(query, limit());
          } catch {
            // The site may have been published anew since its index was read.
            index = null;
            found = await (await open(`?${Date.now()}`)).search(query, limit());
          }
          message = words(found.total ? say.count : say.none, { n: found.total, query: size(query) > 60 ? `${cut(query, 60)}…` : query });
          const seen = found.hits.flatMap(({ title, trail, excerpt }) => [excerpt.text, ...trail, title]);
          for (const [word, meant] of found.corrected) message += ` · ${words(say.corrected, { word: asWritten([query], word), meant: asWritten(seen, meant) })}`;
        } else await open();
      } catch {
        message = dialog.dataset.failed;
      }
      if (mine !== turn) return;
      // Screen readers read it out: once the typing rests.
      clearTimeout(later);
      if (status.textContent !== message) status.textContent = "";
      later = setTimeout(() => { status.textContent = message; }, query && 400);
      show(found?.hits ?? [], query, found?.total ?? 0);
    };
    input.addEventListener("input", look);
    return look;
  };

  // A folded word as it stands in one of these texts.
  const asWritten = (texts, word) => {
    for (const text of texts) {
      const found = tokens(text).find(({ leaves }) => leaves.length === 1 && leaves[0] === word);
      if (found) return text.slice(found.start, found.end);
    }
    return word;
  };

  const address = (root, { url, id, excerpt: { terms } }) => {
    const find = terms.length ? `?find=${terms.map(encodeURIComponent).join("+")}` : "";
    return `${root}${url || "./"}${find}${id && `#${encodeURIComponent(id)}`}`;
  };
  // Results of one page stand together, in the order of the best of each.
  const byPage = (hits) => {
    const pages = new Map();
    for (const hit of hits) pages.set(hit.url, [...pages.get(hit.url) ?? [], hit]);
    return [...pages.values()];
  };
  const inside = (hit, name = hit.trail.join(" › ") || hit.title) => [
    element("span", { className: "search-trail" }, ...marked({ text: name, marks: marks(name, new Set(hit.excerpt.terms)) })),
    ...(hit.excerpt.text ? [element("span", { className: "search-excerpt" }, ...marked(hit.excerpt))] : []),
  ];

  const setUp = (dialog) => {
    const one = (selector) => dialog.querySelector(selector);
    const input = one("input"), status = one("[role=status]"), list = one("[role=listbox]"), all = one(".search-all");
    const { root, index } = dialog.dataset, say = dialog.words, rest = all.href, key = `searches ${new URL(root + index, page.baseURI).pathname}`;
    let options = [], active = -1, shown = "", wanted = "";
    const choose = (index) => {
      options[active]?.removeAttribute("aria-selected");
      active = index;
      const option = options[active];
      option?.setAttribute("aria-selected", "true");
      option ? input.setAttribute("aria-activedescendant", option.id) : input.removeAttribute("aria-activedescendant");
      option?.scrollIntoView({ block: "nearest" });
    };
    const fill = (groups) => {
      options = [];
      list.replaceChildren(...groups.map(([title, made], number) => {
        const name = element("div", { id: `search-page-${number}`, className: "search-page" }, title);
        const group = element("div", { role: "group" }, name, ...made);
        group.setAttribute("aria-labelledby", name.id);
        options.push(...made);
        return group;
      }));
      options.forEach((option, index) => {
        option.id = `search-option-${index}`;
        option.role = "option";
        option.tabIndex = -1;
      });
      list.hidden = !options.length;
      input.setAttribute("aria-expanded", String(options.length > 0));
      choose(-1);
      list.scrollTop = 0;
    };
    const look = follow(dialog, input, status, () => 10, (hits, query) => {
      try { sessionStorage.setItem(key, query); } catch {}
      const url = new URL(rest);
      if (query) url.searchParams.set("q", query);
      all.href = url;
      shown = query;
      if (query) {
        fill(byPage(hits).map((group) => [group[0].title, group.map((hit) => {
          const option = element("a", { href: address(root, hit) }, ...inside(hit));
          option.addEventListener("click", (event) => { remember(key, query); if (!event.ctrlKey && !event.metaKey && !event.shiftKey) dialog.close(); });
          return option;
        })]));
      } else {
        const old = recent(key).map((query) => {
          const option = element("div", {}, query);
          option.addEventListener("click", () => { input.value = query; input.focus(); look(); });
          return option;
        });
        fill(old.length ? [[say.recent, old]] : []);
      }
      forgotten.hidden = !!query || list.hidden;
      if (query && query === wanted) options[0]?.click();
      wanted = "";
    });
    // Whoever types on or shuts the dialog does not want it any more.
    const unwanted = () => { wanted = ""; };
    input.addEventListener("input", unwanted);
    dialog.addEventListener("close", unwanted);
    input.addEventListener("keydown", (event) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event, apart = ctrlKey || metaKey, enter = key === "Enter";
      if (event.isComposing || event.keyCode === 229 || altKey || apart && !enter) return;
      const last = options.length - 1;
      const to = { ArrowDown: active < last ? active + 1 : 0, ArrowUp: active > 0 ? active - 1 : last, ...(active >= 0 && { Home: 0, End: last }) }[key];
      if (to !== undefined && options.length) choose(to);
      else if (/^Page/.test(key)) list.scrollTop += list.clientHeight * (key === "PageUp" ? -1 : 1);
      else if (enter) {
        // What is not answered yet is opened once it is; of searches of before none is meant that was not chosen.
        const query = input.value.trim(), option = options[active] ?? (query && query === shown ? options[0] : null);
        if (option) option.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey, metaKey, shiftKey }));
        else if (!apart) wanted = query === shown ? "" : query;
      }
      else return;
      event.preventDefault();
    });
    // The page behind rests: to take its scrollbar would move it, and the dialog does not hear of what happens around it.
    const still = (event) => {
      const rolls = list.contains(event.target) && list.scrollHeight > list.clientHeight;
      if (!rolls && !event.ctrlKey && !(event.touches?.length > 1)) event.preventDefault();
    };
    const turning = ["wheel", "touchmove"];
    dialog.addEventListener("close", () => turning.forEach((kind) => page.removeEventListener(kind, still)));
    // The field keeps the keyboard, whatever is clicked.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    const forgotten = element("button", { type: "button", className: "search-forget", hidden: true }, say.forget);
    forgotten.addEventListener("click", () => { forget(key); input.focus(); look(); });
    list.after(forgotten);
    // Who comes from a result may want the next one.
    if (!input.value) {
      try { input.value = sessionStorage.getItem(key) ?? ""; } catch {}
      input.select();
    }
    // Enter may have been pressed before there was a program to hear it.
    if (dialog.dataset.entered === input.value) wanted = input.value.trim();
    return () => {
      // It may have been shut before there was a program.
      if (!dialog.open) return;
      turning.forEach((kind) => page.addEventListener(kind, still, { passive: false }));
      return look();
    };
  };

  // The page of its own: the same, in the page's flow, with an address that can be kept.
  const setUpPage = (form, dialog) => {
    const input = form.querySelector("input"), status = form.querySelector("[role=status]"), list = form.querySelector(".search-results");
    const more = form.querySelector(".search-more");
    let limit = 50, asked = "";
    form.hidden = false;
    const look = follow(dialog, input, status, () => {
      if (input.value.trim() !== asked) limit = 50;
      return limit;
    }, (hits, query, total) => {
      asked = query;
      more.hidden = total <= hits.length;
      list.replaceChildren(...byPage(hits).map((group) => element("section", {}, element("h2", { className: "search-page" }, group[0].title),
        ...group.map((hit) => element("a", { href: address(dialog.dataset.root, hit) }, ...inside(hit))))));
      const url = new URL(location);
      query ? url.searchParams.set("q", query) : url.searchParams.delete("q");
      try { history.replaceState(null, "", url); } catch {}
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
    // Whoever asks for more goes on where the list ended.
    more.addEventListener("click", async () => {
      const known = list.querySelectorAll("a").length;
      limit += 50;
      await look();
      list.querySelectorAll("a")[known]?.focus();
    });
    input.value = new URLSearchParams(location.search).get("q") ?? "";
    look();
    input.focus();
  };

  own.search = { Index, tokens, spelt, between, marks, excerpt, markWords, setUp, setUpPage };
})();
