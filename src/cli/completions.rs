//! Scripts that complete commands, options and, where a query stands, what the index holds.

use clap::Command;
use clap_complete::Shell;

/// Where the cursor stands in a query, the last part of the line is completed. Bash replaces what stands
/// behind the last colon or equals sign only, so that what stands before is cut off.
const BASH: &str = r#"
_dateline_words() {
    _dateline "$@"
    case "${COMP_WORDS[1]}" in
        search|people|places|orgs|figures) ;;
        *) return ;;
    esac
    local line="${COMP_LINE:0:COMP_POINT}"
    local word="${line##*[ \"\']}"
    if [[ -n "$word" && "$word" != --* && "$word" != -? && ( ${#COMPREPLY[@]} -eq 0 || "$word" != -* ) ]]; then
        local before="" IFS=$'\n'
        case "$word" in *[:=]*) before="${word%"${word##*[:=]}"}" ;; esac
        local found=($(dateline suggest --quiet --complete -- "$word" 2>/dev/null))
        COMPREPLY=("${found[@]#"$before"}")
        [[ "${COMPREPLY[0]}" == *: ]] && compopt -o nospace 2>/dev/null
    fi
}
complete -F _dateline_words -o bashdefault -o default dateline
"#;

const ZSH: &str = r#"
_dateline_suggest() {
    dateline suggest --quiet --complete -- "$1" 2>/dev/null
}
_dateline_words() {
    case "${words[2]}" in
        search|people|places|orgs|figures)
            if [[ -n "$PREFIX" && "$PREFIX" != -[-a-z]* ]]; then
                local -a found
                found=("${(@f)$(_dateline_suggest "${(Q)PREFIX}")}")
                if [[ -n "${found[1]}" ]]; then
                    compadd -U -S '' -- "${found[@]}"
                    return
                fi
            fi ;;
    esac
    _dateline "$@"
}
compdef _dateline_words dateline
"#;

const FISH: &str = r#"
function __dateline_suggest
    set -l word (commandline -ct | string trim --left --chars "\"'")
    test -n "$word"; and dateline suggest --quiet --complete -- "$word" 2>/dev/null
end
complete -c dateline -n "__fish_seen_subcommand_from search people places orgs figures" -f -a "(__dateline_suggest)"
"#;

/// The script for a shell. What the index holds is completed by bash, zsh and fish.
pub(super) fn script(shell: Shell, command: &mut Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "dateline", &mut script);
    script.extend(match shell {
        Shell::Bash => BASH.as_bytes(),
        Shell::Zsh => ZSH.as_bytes(),
        Shell::Fish => FISH.as_bytes(),
        _ => &[],
    });
    script
}
