//! A damaged index: `verify` finds every byte that is not as it was, and no search falls over it.

use std::fs;
use std::path::PathBuf;

use crate::env::{TestEnv, corpus};
use crate::generator::Dice;
use crate::kill::setting;

/// Files of an index that hold anything, sorted.
fn files(env: &TestEnv) -> Vec<PathBuf> {
    let entries = fs::read_dir(env.path().join("index")).expect("the index is there");
    let paths = entries.map(|entry| entry.expect("entries have names").path());
    let mut files: Vec<PathBuf> = paths.filter(|path| path.metadata().is_ok_and(|file| file.len() > 0)).collect();
    files.sort();
    files
}

/// One byte after the other is changed, or a file is cut there; `DATELINE_FLIPS` says how many times.
#[test]
fn every_byte_counts() {
    let n_flips = setting("DATELINE_FLIPS", 48);
    let env = TestEnv::new();
    for name in ["text", "jsonl"] {
        let source = corpus().join(name);
        for entry in fs::read_dir(source).expect("the sample articles are there") {
            let path = entry.expect("entries have names").path();
            let file = path.file_name().expect("files have names").to_string_lossy().into_owned();
            // In two folders, so that there are near copies.
            let bytes = fs::read(&path).expect("it can be read");
            env.write(&format!("news/{file}"), &bytes);
            env.write(&format!("news/again/{file}"), [&bytes[..], b"\n"].concat());
        }
    }
    env.index(["news"]);
    // Deleted documents have a file of their own.
    let first = fs::read_dir(env.path().join("news/again")).expect("it was written").next().expect("it holds some");
    fs::remove_file(first.expect("entries have names").path()).expect("it is ours");
    env.index(["news"]);
    env.run(["verify"]).code(0);

    let files = files(&env);
    assert!(files.iter().any(|file| file.ends_with("clusters.dateline")), "{files:?}");
    let mut dice = Dice::new(setting("DATELINE_FLIPS_SEED", 5));
    let (mut n_caught, mut n_refused, mut n_answered) = (0, 0, 0);
    for round in 0..n_flips {
        let path = &files[usize::try_from(round).expect("it fits") % files.len()];
        let whole = fs::read(path).expect("it can be read");
        let at = usize::try_from(dice.below(whole.len() as u64)).expect("it fits");
        let mut damaged = whole.clone();
        let what = if round % 5 == 4 {
            damaged.truncate(at);
            format!("{} cut at byte {at} of {}", path.display(), whole.len())
        } else {
            damaged[at] ^= u8::try_from(1 + dice.below(255)).expect("it fits");
            format!(
                "byte {at} of {} in {} is {:#04x}, was {:#04x}",
                whole.len(),
                path.display(),
                damaged[at],
                whole[at]
            )
        };
        fs::write(path, &damaged).expect("it is ours");
        let verified = env.run(["verify"]);
        assert!(matches!(verified.code, Some(1 | 2)), "{what}: {:?} {}", verified.code, verified.stdout);
        assert!(!verified.stderr.contains("unexpectedly"), "{what}: {}", verified.stderr);
        for arguments in [&["search", "--json", "--collapse", "harbour OR minister"][..], &["people", "ceasefire"]] {
            let output = env.run(arguments);
            assert!(matches!(output.code, Some(0..=2)), "{what}: {:?} {}", output.code, output.stderr);
            match output.code {
                Some(2) if output.stderr.contains("unexpectedly") => n_caught += 1,
                Some(2) => n_refused += 1,
                _ => n_answered += 1,
            }
            assert!(output.code != Some(2) || output.stderr.contains("hint: "), "{what}: {}", output.stderr);
        }
        fs::write(path, &whole).expect("it is ours");
    }
    env.run(["verify"]).code(0);
    println!(
        "{n_flips} damaged bytes in {} files, all found; searches: {n_answered} answered, {n_refused} refused, \
         {n_caught} ended with an error that nobody thought of",
        files.len()
    );
}

/// A file of the index that is gone is damage too.
#[test]
fn a_missing_file_is_found() {
    let env = TestEnv::new();
    env.run(["index".as_ref(), "--quiet".as_ref(), corpus().join("text").as_os_str()]).code(0);
    for path in files(&env).into_iter().filter(|path| path.extension().is_none_or(|name| name != "dateline")) {
        let aside = env.path().join("aside");
        fs::rename(&path, &aside).expect("it is there");
        let output = env.run(["verify"]);
        assert!(matches!(output.code, Some(1 | 2)), "{}: {:?}", path.display(), output.code);
        fs::rename(&aside, &path).expect("it is there");
    }
    env.run(["verify"]).code(0);
}
