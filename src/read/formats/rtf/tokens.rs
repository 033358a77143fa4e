//! What a file in RTF is made of: groups, control words, and bytes of text between them.

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`.
    Open,
    /// `}`.
    Close,
    /// `\par`, `\u8217`: its name, and its number if it has one.
    Word(&'a str, Option<i32>),
    /// `\~`, `\*`.
    Symbol(u8),
    /// A byte of text: as it stands, or in the form `\'e9`.
    Byte(u8),
}

/// Longer names are no control words.
const MAX_NAME_BYTES: usize = 40;

/// Longer numbers end after so many digits.
const MAX_DIGITS: usize = 40;

/// The pieces of a file, in their order. Ends of lines mean nothing, and data by `\bin` is left out.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let (&first, after) = self.rest.split_first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            return Some(match first {
                b'\'' => self.hex(),
                // A control symbol that is a line end is the end of a paragraph.
                b'\n' | b'\r' => Token::Word("par", None),
                other => Token::Symbol(other),
            });
        }
        let n_letters = self.rest.iter().take(MAX_NAME_BYTES).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (name, after) = self.rest.split_at(n_letters);
        let n_sign = usize::from(after.first() == Some(&b'-') && after.get(1).is_some_and(u8::is_ascii_digit));
        let n_digits = after[n_sign..].iter().take(MAX_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
        let (number, after) = after.split_at(n_sign + n_digits);
        self.rest = after.strip_prefix(b" ").unwrap_or(after);
        let text = |bytes: &'a [u8]| std::str::from_utf8(bytes).unwrap_or("");
        // A number that does not fit is none.
        Some(Token::Word(text(name), text(number).parse().ok()))
    }

    /// The byte behind `\'`. Where no number stands there, nothing does.
    fn hex(&mut self) -> Token<'a> {
        let byte = self
            .rest
            .get(..2)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match byte {
            Some(byte) => {
                self.rest = &self.rest[2..];
                Token::Byte(byte)
            }
            None => Token::Symbol(b'\''),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&byte, after) = self.rest.split_first()?;
            self.rest = after;
            match byte {
                b'{' => return Some(Token::Open),
                b'}' => return Some(Token::Close),
                b'\r' | b'\n' | b'\0' => {}
                b'\\' => match self.control()? {
                    Token::Word("bin", Some(n_bytes)) => {
                        let n_bytes = usize::try_from(n_bytes).unwrap_or(0).min(self.rest.len());
                        self.rest = &self.rest[n_bytes..];
                    }
                    token => return Some(token),
                },
                byte => return Some(Token::Byte(byte)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: &[Token<'_>]) {
        assert_eq!(Tokens::of(input.as_bytes()).collect::<Vec<_>>(), expected, "{input}");
    }

    #[test]
    fn words_end_at_their_number_or_a_space() {
        let byte = |c: char| Token::Byte(c as u8);
        check("{\\rtf1 a}", &[Token::Open, Token::Word("rtf", Some(1)), byte('a'), Token::Close]);
        check("\\b0\\i x", &[Token::Word("b", Some(0)), Token::Word("i", None), byte('x')]);
        check("\\u-10179?", &[Token::Word("u", Some(-10179)), byte('?')]);
        check("\\par-x", &[Token::Word("par", None), byte('-'), byte('x')]);
        check("a\r\nb\\\nc", &[byte('a'), byte('b'), Token::Word("par", None), byte('c')]);
        check("\\'e9\\'zz", &[Token::Byte(0xe9), Token::Symbol(b'\''), byte('z'), byte('z')]);
        check("\\*\\~\\{", &[Token::Symbol(b'*'), Token::Symbol(b'~'), Token::Symbol(b'{')]);
        check("\\u99999999999 x", &[Token::Word("u", None), byte('x')]);
    }

    #[test]
    fn data_is_left_out() {
        check("\\bin3 {\\}a", &[Token::Byte(b'a')]);
        check("\\bin900 ab", &[]);
        check("\\bin-3 a", &[Token::Byte(b'a')]);
        check("\\", &[]);
    }
}
