//! Scripts that complete commands, options and, where a query stands, what the index holds.

use clap::{Arg, ArgAction, Command};
use clap_complete::Shell;

/// Stands for the options that take a value behind a blank, which is no word of a query.
const VALUED: &str = "@VALUED@";

/// Where the cursor stands in a query, the last part of the line is completed. Bash replaces what stands
/// behind the last colon or equals sign only, so that what stands before is cut off; behind an open quote it
/// replaces all, which is kept.
const BASH: &str = r#"
_dateline_words() {
    _dateline "$@"
    case "${COMP_WORDS[1]}" in
        search|people|places|orgs|figures) ;;
        *) return ;;
    esac
    case "${COMP_WORDS[COMP_CWORD-1]}" in
        @VALUED@) return ;;
    esac
    local line="${COMP_LINE:0:COMP_POINT}" current="${COMP_WORDS[COMP_CWORD]}"
    local word="${line##*[ \"\']}"
    if [[ -n "$word" && "$word" != --* && "$word" != -? && ( ${#COMPREPLY[@]} -eq 0 || "$word" != -* ) ]]; then
        local before="" kept="" IFS=$'\n'
        case "$current" in
            [\"\']*) kept="${current:1}" kept="${kept%"$word"}" ;;
            *) case "$word" in *[:=]*) before="${word%"${word##*[:=]}"}" ;; esac ;;
        esac
        local found=($(dateline suggest --quiet --complete -- "$word" 2>/dev/null))
        found=("${found[@]#"$before"}")
        COMPREPLY=("${found[@]/#/"$kept"}")
        [[ "${COMPREPLY[0]}" == *: ]] && compopt -o nospace 2>/dev/null
        # No file is called like a field.
        [[ "$word" == *:* ]] && compopt +o default +o bashdefault 2>/dev/null
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
            case "${words[CURRENT-1]}" in
                @VALUED@) ;;
                *) if [[ -n "$PREFIX" && "$PREFIX" != -[-a-z]* ]]; then
                    local -a found
                    found=("${(@f)$(_dateline_suggest "${(Q)PREFIX}")}")
                    if [[ -n "${found[1]}" ]]; then
                        compadd -U -S '' -- "${found[@]}"
                        # What the names have in common may be less than what was typed.
                        (( ${#found} > 1 )) && compstate[insert]=menu
                        return
                    fi
                fi ;;
            esac ;;
    esac
    _dateline "$@"
}
compdef _dateline_words dateline
"#;

const FISH: &str = r#"
function __dateline_suggest
    set -l word (commandline -ct | string trim --left --chars "\"'")
    string match -qr -- '^--' "$word"; and return
    test -n "$word"; and dateline suggest --quiet --complete -- "$word" 2>/dev/null
end
complete -c dateline -n "__fish_seen_subcommand_from search people places orgs figures" -f -a "(__dateline_suggest)"
"#;

/// The script for a shell. What the index holds is completed by bash, zsh and fish.
pub(super) fn script(shell: Shell, command: &mut Command) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, command, "dateline", &mut script);
    let of_queries = match shell {
        Shell::Bash => BASH,
        Shell::Zsh => ZSH,
        Shell::Fish => FISH,
        _ => "",
    };
    script.extend(of_queries.replace(VALUED, &valued_options(command).join("|")).bytes());
    script
}

/// Options of `search` that take a value behind a blank, as they are typed.
fn valued_options(command: &Command) -> Vec<String> {
    let options = command.find_subcommand("search").into_iter().flat_map(Command::get_opts);
    let takes_next = |option: &&Arg| {
        let n_values = option.get_num_args().map_or(1, |range| range.min_values());
        n_values > 0 && matches!(option.get_action(), ArgAction::Set | ArgAction::Append)
    };
    let mut names = Vec::new();
    for option in options.filter(takes_next) {
        names.extend(option.get_long().map(|long| format!("--{long}")));
        names.extend(option.get_short().map(|short| format!("-{short}")));
    }
    names
}
