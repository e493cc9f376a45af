//! Smaller files of pictures, and cards: what is made of which picture and title, what is left alone, and that it is made once.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a store and a test share what is kept, some of it on a disk"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::sync::{Arc, Mutex};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use pressoir::artefact::{Artefact, Body};
use pressoir::base::Hash;
use pressoir::build::Build;
use pressoir::memo::Store;
use scraper::{Html, Selector};
use support::{Project, findings, page};

/// A photograph: it changes from pixel to pixel. The left half is red, the right one blue.
fn photograph(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        let noise = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)).wrapping_mul(2_246_822_519) >> 26;
        let noise = noise as u8;
        if x < width / 2 { Rgb([190 + noise, noise, noise]) } else { Rgb([noise, noise, 190 + noise]) }
    })
    .into()
}

fn file_of(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("it can be written");
    bytes.into_inner()
}

/// The same JPEG, taken with a camera that was held in this way.
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut held = vec![0xff, 0xd8, 0xff, 0xe1, 0, exif.len() as u8 + 2];
    held.extend(exif);
    held.extend(&jpeg[2..]);
    held
}

/// An attribute of each picture of a page, by its `alt`.
fn said(build: &Build, path: &str, name: &str) -> BTreeMap<String, Option<String>> {
    let html = page(build, path).expect("the page is there");
    let document = Html::parse_document(&html);
    let selector = Selector::parse("article img").expect("a selector");
    let images = document.select(&selector).map(|image| {
        let value = |name: &str| image.value().attr(name).map(str::to_owned);
        (value("alt").unwrap_or_default(), value(name))
    });
    images.collect()
}

/// The files of a `srcset`, with how wide it says they are.
fn listed(srcset: &str) -> Vec<(&str, u32)> {
    srcset
        .split(", ")
        .map(|entry| {
            let (address, width) = entry.split_once(' ').expect("an address and a width");
            (address, width.strip_suffix('w').and_then(|width| width.parse().ok()).expect("a width"))
        })
        .collect()
}

fn artefact<'b>(build: &'b Build, path: &str) -> &'b Artefact {
    let found = build.output.iter().find(|(out, _)| out.as_str() == path);
    found.unwrap_or_else(|| panic!("there is no {path}: {:?}", build.output.keys().collect::<Vec<_>>())).1
}

fn bytes<'b>(build: &'b Build, path: &str) -> &'b [u8] {
    match &artefact(build, path).body {
        Body::Bytes(bytes) => bytes,
        Body::Copy(_) => panic!("{path} is copied"),
    }
}

fn decoded(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).expect("a picture")
}

/// A site of one page with these pictures in `content/`.
fn site(settings: &str, text: &str, pictures: &[(&str, &[u8])]) -> Project {
    let project = Project::new([("content/index.md", text)]);
    project.write("pressoir.yml", format!("title: T\n{settings}\n"));
    for (path, bytes) in pictures {
        project.write(&format!("content/{path}"), bytes);
    }
    project
}

const WEBP: &str = "images: {format: webp, widths: [40, 80, 400]}";

#[test]
fn browsers_choose_among_smaller_files() {
    let photo = file_of(&photograph(200, 100), ImageFormat::Jpeg);
    let text = "# T\n\n![a](img/photo.jpg){.large}\n\n<img src=\"img/photo.jpg\" alt=\"b\" width=\"50\">\n\n\
                <img srcset=\"img/photo.jpg 2x\" src='img/photo.jpg' alt='c'>\n\n[lien](img/photo.jpg)\n";
    let project = site(WEBP, text, &[("img/photo.jpg", &photo)]);
    let build = project.build();
    let srcset = said(&build, "index.html", "srcset");
    let files = srcset["a"].clone().expect("a srcset");
    assert_eq!(srcset["b"].as_ref(), Some(&files));
    assert_eq!(srcset["c"].as_deref(), Some("img/photo.jpg 2x"), "the author's own stays");
    let files = listed(&files);
    assert_eq!(
        files.iter().map(|(_, width)| *width).collect::<Vec<_>>(),
        [40, 80, 200],
        "none is wider than the picture"
    );
    let mut lighter = 0;
    for (address, width) in files {
        let bytes = bytes(&build, address);
        let image = decoded(bytes);
        assert_eq!((image.width(), image.height()), (width, width / 2), "{address}");
        assert!(bytes.len() > lighter && bytes.len() < photo.len(), "{address} has {} bytes", bytes.len());
        lighter = bytes.len();
        let hash = artefact(&build, address).hash.short(8);
        assert_eq!(address, format!("assets/img/photo-{width}.{hash}.webp"));
        // Left red, right blue.
        let (left, right) = (image.to_rgb8()[(1, 1)], image.to_rgb8()[(width - 2, 1)]);
        assert!(left[0] > 150 && left[2] < 110 && right[2] > 150 && right[0] < 110, "{left:?} {right:?}");
    }
    let sizes = said(&build, "index.html", "sizes");
    assert_eq!(sizes["a"].as_deref(), Some("(max-width: 200px) 100vw, 200px"));
    assert_eq!(sizes["b"].as_deref(), Some("(max-width: 50px) 100vw, 50px"));
    // All else is as it was.
    let html = page(&build, "index.html").expect("a page");
    assert!(html.contains("<img src=\"img/photo.jpg\" alt=\"a\" class=\"large\" srcset="), "{html}");
    assert!(html.contains(" width=\"200\" height=\"100\""), "{html}");
    assert_eq!(artefact(&build, "img/photo.jpg").hash, Hash::of_bytes(&photo), "the picture itself is published");
}

#[test]
fn a_page_of_a_folder_leads_to_them_too() {
    let photo = file_of(&photograph(100, 50), ImageFormat::Jpeg);
    let project = site(WEBP, "# T\n", &[("a/photo é.jpg", &photo)]);
    project.write("content/a/b/page.md", "# P\n\n![a](<../photo é.jpg>)\n");
    let build = project.build();
    let srcset = said(&build, "a/b/page.html", "srcset")["a"].clone().expect("a srcset");
    for (address, _) in listed(&srcset) {
        let path = address.strip_prefix("../../").expect("it leads up").replace("%20", " ").replace("%C3%A9", "é");
        assert!(bytes(&build, &path).starts_with(b"RIFF"), "{address}");
    }
}

#[test]
fn nothing_is_made_that_no_page_offers() {
    let photo = file_of(&photograph(100, 50), ImageFormat::Jpeg);
    let text =
        "---\nhome: true\nheroImage: /p.jpg\n---\n<img src=\"p.jpg\" alt=\"a\" srcset=\"p.jpg 2x\">\n\n[p](p.jpg)\n";
    let build = site(WEBP, text, &[("p.jpg", &photo)]).build();
    assert!(!build.output.keys().any(|out| out.as_str().starts_with("assets/img/")));
}

#[test]
fn wide_pictures_are_as_wide_as_the_text() {
    let photo = file_of(&photograph(900, 20), ImageFormat::Jpeg);
    for (theme, want) in [("", 640), ("theme: {measure: 50rem}", 824), ("theme: {measure: 40ch}", 384)] {
        let settings = format!("{theme}\nimages: {{format: webp, widths: [300, 900]}}");
        let build = site(&settings, "# T\n\n![a](p.jpg)\n", &[("p.jpg", &photo)]).build();
        let sizes = said(&build, "index.html", "sizes")["a"].clone();
        assert_eq!(sizes, Some(format!("(max-width: {want}px) 100vw, {want}px")));
    }
}

#[test]
fn photographs_are_turned_as_they_were_taken() {
    let jpeg = file_of(&photograph(200, 100), ImageFormat::Jpeg);
    // Turned to the right: what was left is above.
    let project = site(WEBP, "# T\n\n![a](p.jpg)\n", &[("p.jpg", &held(&jpeg, 6))]);
    let build = project.build();
    let srcset = said(&build, "index.html", "srcset")["a"].clone().expect("a srcset");
    let files = listed(&srcset);
    assert_eq!(files.iter().map(|(_, width)| *width).collect::<Vec<_>>(), [40, 80, 100]);
    for (address, width) in files {
        let image = decoded(bytes(&build, address));
        assert_eq!((image.width(), image.height()), (width, width * 2));
        let (above, below) = (image.to_rgb8()[(1, 1)], image.to_rgb8()[(1, width * 2 - 2)]);
        assert!(above[0] > 150 && below[2] > 150, "{above:?} {below:?}");
    }
}

#[test]
fn colours_mean_what_they_meant() {
    use image::{ImageDecoder, ImageEncoder};
    let with = |profile: &[u8]| {
        let mut bytes = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut bytes);
        encoder.set_icc_profile(profile.to_vec()).expect("JPEG has profiles");
        photograph(100, 50).write_with_encoder(encoder).expect("it can be written");
        bytes
    };
    let profile = |space: &[u8; 4], name: &[u8]| [&[7; 16], &space[..], &[9; 109], name].concat();
    for (profile, is_left, is_kept) in [
        // An odd length, which the format has to fill up.
        (profile(b"RGB ", b"Display P3"), false, true),
        (profile(b"RGB ", b"sRGB IEC61966"), false, false),
        (profile(b"CMYK", b"Fogra"), true, false),
    ] {
        let build = site(WEBP, "# T\n\n![a](p.jpg)\n", &[("p.jpg", &with(&profile))]).build();
        let Some(srcset) = &said(&build, "index.html", "srcset")["a"] else {
            assert!(is_left);
            continue;
        };
        assert!(!is_left);
        for (address, width) in listed(srcset) {
            let bytes = bytes(&build, address);
            let mut decoder = image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)).expect("a WebP file");
            assert_eq!(decoder.icc_profile().expect("it can be read"), is_kept.then(|| profile.clone()));
            assert_eq!(decoder.dimensions(), (width, width / 2));
            assert_eq!(u32::from_le_bytes(bytes[4..8].try_into().expect("four bytes")) as usize, bytes.len() - 8);
            assert_eq!(decoded(bytes).width(), width);
        }
    }
}

#[test]
fn drawings_keep_their_pixels_and_their_transparency() {
    let drawing = RgbaImage::from_fn(120, 60, |x, y| match (x / 10 + y / 10) % 2 {
        0 => Rgba([12, 34, 56, 255]),
        _ => Rgba([200, 100, 0, 0]),
    });
    // As heavy as many are.
    let png = {
        let mut bytes = Vec::new();
        let encoder = image::codecs::png::PngEncoder::new_with_quality(
            &mut bytes,
            image::codecs::png::CompressionType::Uncompressed,
            image::codecs::png::FilterType::NoFilter,
        );
        DynamicImage::from(drawing).write_with_encoder(encoder).expect("it can be written");
        bytes
    };
    let build = site(WEBP, "# T\n\n![a](p.png)\n", &[("p.png", &png)]).build();
    let srcset = said(&build, "index.html", "srcset")["a"].clone().expect("a srcset");
    let (address, width) = *listed(&srcset).last().expect("a file");
    assert_eq!(width, 120);
    let image = decoded(bytes(&build, address)).to_rgba8();
    assert_eq!(image[(5, 5)], Rgba([12, 34, 56, 255]));
    assert_eq!(image[(15, 5)][3], 0);
}

#[test]
fn what_gains_nothing_is_left_alone() {
    let dot = file_of(&RgbImage::from_pixel(2, 2, Rgb([1, 2, 3])).into(), ImageFormat::Png);
    let gif = b"GIF89a\x02\0\x02\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x02\0\x02\0\0\x02\x02\x84Q\0;"
        .to_vec();
    let moving = {
        // A PNG with a chunk that says how many frames it has.
        let whole = file_of(&photograph(60, 60), ImageFormat::Png);
        let mut bytes = whole[..33].to_vec();
        bytes.extend(8_u32.to_be_bytes());
        let chunk = b"acTL\0\0\0\x02\0\0\0\0";
        bytes.extend(chunk);
        bytes.extend(crc(chunk).to_be_bytes());
        bytes.extend(&whole[33..]);
        bytes
    };
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"9\"/>".to_vec();
    let text = "# T\n\n![a](a.png) ![b](b.gif) ![c](c.png) ![d](d.svg) ![e](https://example.org/e.png)\n";
    let pictures: [(&str, &[u8]); 4] = [("a.png", &dot), ("b.gif", &gif), ("c.png", &moving), ("d.svg", &svg)];
    let project = site(WEBP, text, &pictures);
    let mut engine = project.engine();
    let build = engine.build();
    assert_eq!(findings(&build, &engine), "");
    assert!(said(&build, "index.html", "srcset").values().all(Option::is_none));
    assert!(!build.output.keys().any(|out| out.as_str().starts_with("assets/img/")));
    // Without the setting there is nothing, either.
    let photo = file_of(&photograph(200, 100), ImageFormat::Jpeg);
    let build = site("", "# T\n\n![a](p.jpg)\n", &[("p.jpg", &photo)]).build();
    assert_eq!(said(&build, "index.html", "srcset")["a"], None);
}

/// The sum at the end of a chunk of PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    })
}

#[test]
fn a_broken_picture_is_told_and_stays_as_it_is() {
    let whole = file_of(&photograph(200, 100), ImageFormat::Png);
    // Its header promises more pixels than anybody can hold.
    let bomb = {
        let mut bytes = whole[..16].to_vec();
        bytes.extend(100_000_u32.to_be_bytes());
        bytes.extend(100_000_u32.to_be_bytes());
        bytes.extend(&whole[24..29]);
        let sum = crc(&bytes[12..29]);
        bytes.extend(sum.to_be_bytes());
        bytes.extend(&whole[33..]);
        bytes
    };
    let pictures: [(&str, &[u8]); 4] =
        [("cut.png", &whole[..4000]), ("bomb.png", &bomb), ("no.jpg", b"\xff\xd8 no picture"), ("text.webp", b"text")];
    let text = "# T\n\n![a](cut.png)\n\n![b](bomb.png) ![c](no.jpg) ![d](text.webp)\n";
    let project = site(WEBP, text, &pictures);
    project.write("content/x.md", "# X\n\n![a](cut.png)\n");
    for is_check in [false, true] {
        let mut engine = project.engine();
        let build = if is_check { engine.check() } else { engine.build() };
        let told = findings(&build, &engine);
        let places: Vec<&str> = told
            .lines()
            .filter(|line| line.contains("broken-image"))
            .map(|line| &line[..line.find('`').unwrap_or(0)])
            .collect();
        assert_eq!(
            places,
            [
                "content/index.md:3:6: warning[broken-image]: ",
                "content/index.md:5:6: warning[broken-image]: ",
                "content/index.md:5:21: warning[broken-image]: ",
            ],
            "{told}"
        );
        assert!(told.contains("`content/bomb.png` is too large to be made smaller: 100000 × 100000 pixels"), "{told}");
        if !is_check {
            assert!(said(&build, "index.html", "srcset").values().all(Option::is_none));
            assert!(build.output.keys().any(|out| out.as_str() == "cut.png"));
        }
    }
}

#[test]
fn a_heavy_picture_is_none_where_readers_get_a_lighter_one() {
    let photo = file_of(&photograph(300, 150), ImageFormat::Png);
    assert!(photo.len() > 10_000);
    for (settings, is_told) in
        [("images: {heaviest: 10}", true), ("images: {heaviest: 10, format: webp, quality: 20, widths: [80]}", false)]
    {
        let project = site(settings, "# T\n\n![a](p.png)\n", &[("p.png", &photo)]);
        let mut engine = project.engine();
        let build = engine.build();
        assert_eq!(findings(&build, &engine).contains("heavy-image"), is_told, "{settings}");
    }
}

#[test]
fn wrong_settings_are_told() {
    for (settings, want) in [
        ("images: {format: avif}", "pressoir.yml:2:1: warning[setting-value]: no such value is known here"),
        ("images: {widths: [640]}", "pressoir.yml:2:1: info[setting-ignored]: `widths` means nothing here"),
        (
            "images: {format: webp, quality: 0}",
            "pressoir.yml:2:1: warning[setting-value]: `quality` should be a whole number from 1 to 100",
        ),
        (
            "images: {format: webp, widths: [4]}",
            "pressoir.yml:2:1: warning[setting-value]: `widths` should be whole numbers of pixels",
        ),
        ("images: {format: false, heaviest: 9}", ""),
    ] {
        let project = site(settings, "# T\n", &[]);
        let mut engine = project.engine();
        let build = engine.check();
        let told = findings(&build, &engine);
        assert_eq!(told.lines().next().unwrap_or_default(), want, "{told}");
    }
}

/// A store whose contents a test sees.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    values: BTreeMap<Hash, Vec<u8>>,
    /// How many were ever put into it.
    put: usize,
}

impl Store for Shelf {
    fn get(&self, key: Hash) -> Option<Vec<u8>> {
        self.0.lock().expect("no test panics meanwhile").values.get(&key).cloned()
    }

    fn put(&self, key: Hash, value: &[u8]) {
        let mut shelf = self.0.lock().expect("no test panics meanwhile");
        shelf.values.insert(key, value.to_vec());
        shelf.put += 1;
    }

    fn retain(&self, keys: &BTreeSet<Hash>) {
        self.0.lock().expect("no test panics meanwhile").values.retain(|key, _| keys.contains(key));
    }
}

impl Shelf {
    /// How many values it has, and how many were ever put into it.
    fn counts(&self) -> (usize, usize) {
        let shelf = self.0.lock().expect("no test panics meanwhile");
        (shelf.values.len(), shelf.put)
    }
}

#[test]
fn what_was_made_once_is_not_made_again() {
    let photo = file_of(&photograph(100, 50), ImageFormat::Jpeg);
    let settings = format!("{WEBP}\nurl: https://example.org\nsocial_cards: true");
    let project = site(&settings, "# Début\n\n![a](p.jpg)\n", &[("p.jpg", &photo)]);
    let shelf = Shelf::default();
    let build = || project.engine().keeping(Box::new(shelf.clone())).build();
    let cold = build();
    assert_eq!(shelf.counts(), (4, 4), "three files of a picture, and a card");
    let warm = build();
    assert!(cold.output == warm.output && cold.report == warm.report);
    assert_eq!(shelf.counts(), (4, 4));
    assert!(project.build().output == cold.output, "a store changes nothing");
    // Another quality makes other files, and the former ones are forgotten; the card stays.
    project.write("pressoir.yml", format!("title: T\n{}\n", settings.replace("webp,", "webp, quality: 30,")));
    let other = build();
    assert!(other.output != cold.output);
    assert_eq!(shelf.counts(), (4, 7));
    project.write("pressoir.yml", "title: T\n");
    build();
    assert_eq!(shelf.counts(), (0, 7));
}

#[test]
fn warm_and_cold_builds_are_alike() {
    let photo = |width: u32| file_of(&photograph(width, 50), ImageFormat::Jpeg);
    let settings = format!("{WEBP}\nurl: https://example.org\nsocial_cards: true\nlogo: /logo.svg");
    let text = "# Début\n\n![a](p.jpg)\n";
    let project = site(&settings, text, &[("p.jpg", &photo(100)), ("q.png", b"no picture")]);
    project.write("content/guide/deux.md", "# Deux\n\n![q](../q.png)\n");
    let mut warm = project.engine();
    warm.build();
    let edits: &[(&str, &[u8])] = &[
        ("content/p.jpg", &photo(90)),
        ("content/index.md", b"# Fin\n\n![b](p.jpg)\n"),
        ("content/index.md", b"# Fin\n\n![b](p.jpg){srcset=p.jpg}\n"),
        ("content/index.md", b"# Fin\n\n![b](p.jpg){width=9}\n"),
        ("content/index.md", b"# Fin\n\ntexte\n"),
        ("content/q.png", &photo(70)),
        ("content/guide/deux.md", "# 指南\n\n![q](../q.png) ![p](../p.jpg)\n".as_bytes()),
        (
            "content/logo.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>",
        ),
        ("content/logo.svg", b"<svg"),
        ("content/p.jpg", b"\xff\xd8"),
        ("content/guide/deux.md", b"---\nimage: ../q.png\n---\n# Deux\n"),
        ("pressoir.yml", b"title: U\nurl: https://example.org\nsocial_cards: {background: '#123'}\n"),
        ("pressoir.yml", b"title: U\nimages: {format: webp}\n"),
    ];
    for (path, contents) in edits {
        let path = project.write(path, contents);
        warm.invalidate(std::slice::from_ref(&path));
        let mut cold = project.engine();
        let (one, other) = (warm.build(), cold.build());
        assert_eq!(findings(&one, &warm), findings(&other, &cold), "after {path}");
        let names = |build: &Build| build.output.keys().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&one), names(&other), "after {path}");
        for (out, artefact) in one.output.iter() {
            assert!(*artefact == other.output[out], "`{out}` differs after {path}");
        }
    }
}

#[test]
fn one_and_four_threads_make_the_same_files() {
    let text: String = (0..6).map(|n| format!("![p{n}](p{n}.jpg)\n\n")).collect();
    let project = site(&format!("{WEBP}\nurl: https://example.org\nsocial_cards: true"), &text, &[]);
    for n in 0..6 {
        project.write(&format!("content/p{n}.jpg"), file_of(&photograph(90 + n, 60), ImageFormat::Jpeg));
        project.write(&format!("content/page{n}.md"), format!("# Page {n}\n"));
    }
    let build = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
        pool.install(|| project.build())
    };
    let (one, four) = (build(1), build(4));
    assert!(one.output == four.output && one.report == four.report);
    assert!(one.output.keys().filter(|out| out.as_str().starts_with("assets/img/")).count() >= 12);
}

/// The `content` of a page's `meta` elements of a name.
fn metas(build: &Build, path: &str, name: &str) -> Vec<String> {
    let html = page(build, path).expect("the page is there");
    let key = if name.starts_with("twitter:") { "name" } else { "property" };
    let selector = Selector::parse(&format!("head meta[{key}='{name}']")).expect("a selector");
    let document = Html::parse_document(&html);
    document.select(&selector).filter_map(|meta| meta.value().attr("content").map(str::to_owned)).collect()
}

#[test]
fn cards_stand_for_pages_without_a_picture_of_their_own() {
    let project = Project::new([
        (
            "pressoir.yml",
            "title: Le guide\nlang: fr\nurl: https://example.org/docs/\nimage: /site.svg\nlogo: /logo.svg\nsocial_cards: true\n\
             locales:\n  fallback: true\n  /: {lang: fr}\n  /ar/: {lang: ar, title: Guide}\n",
        ),
        ("content/index.md", "---\nhome: true\n---\n[a](guide/a.md)\n"),
        ("content/guide/index.md", "# Partie\n"),
        ("content/guide/a.md", "---\ndescription: Tout « ici »\n---\n# Été & automne : 100 % ?\n"),
        ("content/guide/b.md", "---\nimage: ../own.svg\n---\n# B\n"),
        (
            "content/guide/c.md",
            "---\nhead:\n- [meta, {property: 'og:image', content: 'https://example.com/x.png'}]\n---\n# C\n",
        ),
        ("content/404.md", "# Perdu\n"),
        ("content/ar/index.md", "# Accueil\n"),
        ("content/own.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='30'/>"),
        ("content/site.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'/>"),
        (
            "content/logo.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' width='60' height='30'><rect width='60' height='30' fill='red'/></svg>",
        ),
    ]);
    let build = project.build();
    let mut cards = BTreeSet::new();
    for (path, alt) in [
        ("index.html", "Le guide"),
        ("guide/index.html", "Partie – Le guide"),
        ("guide/a.html", "Été & automne : 100 % ? – Le guide"),
        ("ar/index.html", "Accueil – Guide"),
    ] {
        let [image, width, height, told, card] =
            ["og:image", "og:image:width", "og:image:height", "og:image:alt", "twitter:card"].map(|name| {
                let found = metas(&build, path, name);
                assert_eq!(found.len(), 1, "{name} of {path}");
                found[0].clone()
            });
        assert_eq!((&*width, &*height, &*told, &*card), ("1200", "630", alt, "summary_large_image"), "{path}");
        let file = image.strip_prefix("https://example.org/docs/").expect("a whole address");
        assert!(file.starts_with("assets/cards/"), "{file}");
        let png = decoded(bytes(&build, file));
        assert_eq!((png.width(), png.height()), (1200, 630));
        // The logo is at the side where reading begins.
        let red = |x: u32| png.to_rgb8()[(x, 536)] == Rgb([255, 0, 0]);
        assert_eq!(
            (red(100), red(1100)),
            if path.starts_with("ar/") { (false, true) } else { (true, false) },
            "{path}"
        );
        assert!(bytes(&build, file).len() < 100_000);
        cards.insert(file.to_owned());
    }
    assert_eq!(cards.len(), 4, "each page has its own");
    let made = build.output.keys().filter(|out| out.as_str().starts_with("assets/cards/"));
    // The author of `c.md` says it in a way that is read later.
    assert_eq!(made.filter(|out| !out.as_str().contains("guide/c.")).count(), 4);
    assert_eq!(metas(&build, "guide/b.html", "og:image"), ["https://example.org/docs/own.svg"]);
    assert_eq!(metas(&build, "guide/b.html", "og:image:width"), ["40"]);
    assert_eq!(metas(&build, "guide/c.html", "og:image"), ["https://example.com/x.png"]);
    assert!(metas(&build, "guide/c.html", "og:image:alt").is_empty());
    assert!(!build.output.keys().any(|out| out.as_str().starts_with("assets/cards/404")));
    // What somebody writes and serves waits for none.
    let request = pressoir::compat::Request { originals: true, ..Default::default() };
    let served = project.engine_for(request).build();
    assert!(!served.output.keys().any(|out| out.as_str().starts_with("assets/cards/")));
    assert_eq!(metas(&served, "guide/a.html", "og:image"), ["https://example.org/docs/site.svg"]);
}

#[test]
fn structured_properties_follow_the_picture_that_they_are_about() {
    // As https://ogp.me/#structured has it.
    let project = site("url: https://example.org\nsocial_cards: true", "# T\n", &[]);
    let html = page(&project.build(), "index.html").expect("a page");
    let at = |name: &str| html.find(&format!("property=\"{name}\"")).unwrap_or_else(|| panic!("{name} in {html}"));
    let image = at("og:image");
    for name in ["og:image:width", "og:image:height", "og:image:alt"] {
        assert!(at(name) > image, "{name}");
    }
    for name in ["og:title", "og:type", "og:url"] {
        assert!(at(name) > 0, "Open Graph demands {name}");
    }
}

#[test]
fn cards_need_the_address_of_the_site() {
    let project = site("social_cards: true", "# T\n", &[]);
    let mut engine = project.engine();
    let build = engine.build();
    let told = findings(&build, &engine);
    assert!(told.contains("info[no-address]: there are no social cards"), "{told}");
    assert!(!build.output.keys().any(|out| out.as_str().starts_with("assets/cards/")));
}

#[test]
fn cards_have_the_colours_and_the_font_that_are_asked_for() {
    let card = |settings: &str, pictures: &[(&str, &[u8])]| {
        let project = site(&format!("url: https://example.org\n{settings}"), "# Titre\n", pictures);
        let mut engine = project.engine();
        let build = engine.build();
        let file = build.output.keys().find(|out| out.as_str().starts_with("assets/cards/index.")).expect("a card");
        (decoded(bytes(&build, file.as_str())).to_rgb8(), findings(&build, &engine))
    };
    let (usual, told) = card("social_cards: true", &[]);
    assert_eq!((usual[(5, 300)], &*told), (Rgb([255, 255, 255]), ""));
    let (blue, told) = card("social_cards: {background: '#123456'}", &[]);
    assert_eq!((blue[(5, 300)], blue[(5, 5)], &*told), (Rgb([0x12, 0x34, 0x56]), Rgb([255, 255, 255]), ""));
    let (accent, _) = card("theme: {palette: {accent: '#a01020'}}\nsocial_cards: true", &[]);
    assert_eq!(accent[(5, 5)], Rgb([0xa0, 0x10, 0x20]));
    let (state, _) = card("theme: {palette: gouv}\nsocial_cards: true", &[]);
    assert_eq!(state[(5, 5)], Rgb([0, 0, 0x91]), "a whole palette has an accent, too");
    // A font of the site's own.
    let font =
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/pictures/fonts/source-sans-3-greek-600-normal.woff2"));
    let font = font.expect("the font is there");
    let (_, told) = card("social_cards: {font: content/f.woff2}", &[("f.woff2", &font)]);
    assert_eq!(told, "");
    for (settings, pictures, want) in [
        (
            "social_cards: {font: none.woff2}",
            &[][..],
            "pressoir.yml:3:1: warning[theme-font]: there is no font `none.woff2`\n",
        ),
        (
            "social_cards: {font: content/f.woff2}",
            &[("f.woff2", &b"wOF2 damaged and more than twenty bytes"[..])][..],
            "pressoir.yml:3:1: warning[theme-font]: it is damaged, or too large\n",
        ),
        (
            "social_cards: {background: bleuâtre}",
            &[],
            "pressoir.yml:3:1: warning[setting-value]: `bleuâtre` is no colour that can be used here\n",
        ),
        ("social_cards: {fond: x}", &[], "pressoir.yml:3:1: warning[unknown-setting]"),
    ] {
        let (shown, told) = card(settings, pictures);
        assert!(told.starts_with(want), "{settings}: {told}");
        assert!(shown == usual, "{settings}");
    }
}

#[test]
fn the_program_keeps_what_it_made_beside_the_settings() {
    let photo = file_of(&photograph(100, 50), ImageFormat::Jpeg);
    let settings = format!("title: T\nurl: https://example.org\nsocial_cards: true\n{WEBP}\n");
    let root = support::program::folder([("pressoir.yml", settings.as_bytes()), ("content/p.jpg", &photo)]);
    support::program::write(root.path(), "content/index.md", "# T\n\n![a](p.jpg)\n");
    let build = |out: &str| {
        let mut command = support::program::pressoir(root.path());
        let ended = support::program::run(command.args(["build", "-o", out]), std::time::Duration::from_secs(60));
        assert_eq!(ended.code, 0, "{}", ended.err);
        let page = std::fs::read_to_string(root.path().join(out).join("index.html")).expect("a page");
        let made = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("it can be read").file_name();
        let kept = std::fs::read_dir(root.path().join(".pressoir/made"));
        let kept: BTreeSet<_> = kept.map(|entries| entries.map(made).collect()).unwrap_or_default();
        (page, kept)
    };
    let first = build("one");
    assert!(first.0.contains("srcset=") && first.0.contains("assets/cards/index."), "{}", first.0);
    assert_eq!(first.1.len(), 4, "three files of a picture, and a card");
    assert!(build("two") == first);
    // A file that was damaged is made again; git sees none of them.
    let damaged = root.path().join(".pressoir/made").join(first.1.first().expect("a file"));
    std::fs::write(&damaged, "damaged").expect("it can be written");
    assert!(build("three") == first);
    assert!(std::fs::read(&damaged).expect("a file").len() > 100);
    assert_eq!(std::fs::read_to_string(root.path().join(".pressoir/.gitignore")).expect("a text"), "*\n");
}
