//! `dateline man`: manual pages.

use std::io;
use std::path::Path;

use anyhow::Context as _;
use clap::Command;
use clap_mangen::Man;

/// The page of a command.
pub(super) fn page(command: Command) -> io::Result<Vec<u8>> {
    render(&man(command))
}

fn man(command: Command) -> Man {
    Man::new(command).source(concat!("dateline ", env!("CARGO_PKG_VERSION")))
}

/// Writes a page for every command into a folder.
pub(super) fn write_all(command: &mut Command, folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    command.build();
    write_below(command, folder)
}

fn write_below(command: &Command, folder: &Path) -> anyhow::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        write_below(below, folder)?;
    }
    let man = man(command.clone());
    let path = folder.join(man.get_filename());
    std::fs::write(&path, render(&man)?).with_context(|| format!("cannot write `{}`", path.display()))
}

fn render(man: &Man) -> io::Result<Vec<u8>> {
    let mut page = Vec::new();
    man.render(&mut page)?;
    Ok(as_written(&String::from_utf8_lossy(&page)).into_bytes())
}

/// A page in which tables and examples below the options keep their lines.
fn as_written(page: &str) -> String {
    let Some((above, below)) = page.split_once("\n.SH EXTRA\n") else { return page.to_owned() };
    let end = below.find("\n.SH ").map_or(below.len(), |at| at + 1);
    format!("{above}\n.SH NOTES\n.nf\n{}.fi\n{}", &below[..end], &below[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_keep_their_lines() {
        let page = ".SH NAME\na\n.SH EXTRA\nx    y\nz\n.SH VERSION\n1\n";
        assert_eq!(as_written(page), ".SH NAME\na\n.SH NOTES\n.nf\nx    y\nz\n.fi\n.SH VERSION\n1\n");
        assert_eq!(as_written(".SH NAME\na\n.SH EXTRA\nx\n"), ".SH NAME\na\n.SH NOTES\n.nf\nx\n.fi\n");
        assert_eq!(as_written(".SH NAME\na\n"), ".SH NAME\na\n");
    }
}
