//! Decimal digits, whatever script they are written in.

/// The digit of ASCII that has the value of a decimal digit.
pub(super) fn decimal_digit(c: char) -> Option<char> {
    if c < ZEROS[0] {
        return Some(c).filter(char::is_ascii_digit);
    }
    let zero = ZEROS[ZEROS.partition_point(|&zero| zero <= c) - 1];
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}

/// The zeros of Unicode's decimal digits (general category Nd) beyond ASCII, in order; the other nine stand behind each.
const ZEROS: [char; 65] = [
    '\u{660}',
    '\u{6f0}',
    '\u{7c0}',
    '\u{966}',
    '\u{9e6}',
    '\u{a66}',
    '\u{ae6}',
    '\u{b66}',
    '\u{be6}',
    '\u{c66}',
    '\u{ce6}',
    '\u{d66}',
    '\u{de6}',
    '\u{e50}',
    '\u{ed0}',
    '\u{f20}',
    '\u{1040}',
    '\u{1090}',
    '\u{17e0}',
    '\u{1810}',
    '\u{1946}',
    '\u{19d0}',
    '\u{1a80}',
    '\u{1a90}',
    '\u{1b50}',
    '\u{1bb0}',
    '\u{1c40}',
    '\u{1c50}',
    '\u{a620}',
    '\u{a8d0}',
    '\u{a900}',
    '\u{a9d0}',
    '\u{a9f0}',
    '\u{aa50}',
    '\u{abf0}',
    '\u{ff10}',
    '\u{104a0}',
    '\u{10d30}',
    '\u{11066}',
    '\u{110f0}',
    '\u{11136}',
    '\u{111d0}',
    '\u{112f0}',
    '\u{11450}',
    '\u{114d0}',
    '\u{11650}',
    '\u{116c0}',
    '\u{11730}',
    '\u{118e0}',
    '\u{11950}',
    '\u{11c50}',
    '\u{11d50}',
    '\u{11da0}',
    '\u{16a60}',
    '\u{16ac0}',
    '\u{16b50}',
    '\u{1d7ce}',
    '\u{1d7d8}',
    '\u{1d7e2}',
    '\u{1d7ec}',
    '\u{1d7f6}',
    '\u{1e140}',
    '\u{1e2f0}',
    '\u{1e950}',
    '\u{1fbf0}',
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_their_values() {
        let check = |digits: &str, expected: &str| {
            assert_eq!(digits.chars().filter_map(decimal_digit).collect::<String>(), expected);
        };
        check("0129", "0129");
        check("٠١٩", "019");
        check("۰۱۹", "019");
        check("०१९", "019");
        check("๐๑๙", "019");
        check("０１９", "019");
        check("𝟎𝟗𝟘𝟡", "0909");
        check("a٪यก½²Ⅷ①𖿿", "");
    }

    #[test]
    fn zeros_are_in_order() {
        assert!(ZEROS.windows(2).all(|pair| u32::from(pair[0]) + 9 < u32::from(pair[1])));
        assert!(ZEROS.iter().all(|zero| zero.is_numeric()));
    }
}
