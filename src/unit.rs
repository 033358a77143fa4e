//! Units of measure: what "4 miles" is in metres. One base unit a dimension.
//!
//! Figures keep the unit that they were written in; base units are for comparing them. Currencies are
//! never converted, their coins are.

/// The unit by which questions name ages, and no durations: years.
pub const AGE: &str = "age";

/// A value in the base unit of its dimension: `mile` 2 is (`metre`, 3218.688), `fahrenheit` 212 is
/// (`celsius`, 100). `None` for currencies, percent and other units that stand alone.
pub fn to_base(unit: &str, value: f64) -> Option<(&'static str, f64)> {
    // Scales of temperature have different zeros.
    let (base, value) = match unit {
        "celsius" => ("celsius", value),
        "fahrenheit" => ("celsius", (value - 32.0) / 1.8),
        "kelvin" => ("celsius", value - 273.15),
        _ => {
            let (base, factor) = base_unit(unit)?;
            (base, value * factor)
        }
    };
    Some((base, rounded(value)))
}

/// Bits of a number that a product of two may get wrong, and some more.
const NOISE_BITS: u32 = 10;

/// A number without its last bits, so that 0.3 km and 300 m are one value.
fn rounded(value: f64) -> f64 {
    if !value.is_finite() {
        return value;
    }
    let half = 1u64 << (NOISE_BITS - 1);
    let bits = value.to_bits().wrapping_add(half) & !((1u64 << NOISE_BITS) - 1);
    f64::from_bits(bits)
}

/// Base unit of a unit, and how many of it make one: (`metre`, 1609.344) for `mile`. `None` for
/// temperatures, whose scales have different zeros, and for units that stand alone.
pub fn base_unit(id: &str) -> Option<(&'static str, f64)> {
    Some(match id {
        "metre" => ("metre", 1.0),
        "km" => ("metre", 1000.0),
        "decimetre" => ("metre", 0.1),
        "cm" => ("metre", 0.01),
        "mm" => ("metre", 1e-3),
        "micrometre" => ("metre", 1e-6),
        "nanometre" => ("metre", 1e-9),
        "mile" => ("metre", 1609.344),
        "nautical_mile" => ("metre", 1852.0),
        "light_year" => ("metre", 9.460_730_472_580_8e15),
        "yard" => ("metre", 0.9144),
        "foot" => ("metre", 0.3048),
        "inch" => ("metre", 0.0254),
        "furlong" => ("metre", 201.168),
        "fathom" => ("metre", 1.8288),
        "m2" => ("m2", 1.0),
        "km2" => ("m2", 1e6),
        "cm2" => ("m2", 1e-4),
        "mm2" => ("m2", 1e-6),
        "hectare" => ("m2", 1e4),
        "acre" => ("m2", 4_046.856_422_4),
        "mi2" => ("m2", 2_589_988.110_336),
        "yd2" => ("m2", 0.836_127_36),
        "ft2" => ("m2", 0.092_903_04),
        "in2" => ("m2", 6.4516e-4),
        "litre" => ("litre", 1.0),
        "millilitre" => ("litre", 1e-3),
        "centilitre" => ("litre", 1e-2),
        "m3" => ("litre", 1000.0),
        "km3" => ("litre", 1e12),
        "cm3" => ("litre", 1e-3),
        "ft3" => ("litre", 28.316_846_592),
        "yd3" => ("litre", 764.554_857_984),
        // US measures, as most news in English means them.
        "gallon" => ("litre", 3.785_411_784),
        "pint" => ("litre", 0.473_176_473),
        "quart" => ("litre", 0.946_352_946),
        "fluid_ounce" => ("litre", 0.029_573_529_562_5),
        "barrel" => ("litre", 158.987_294_928),
        "kilogram" => ("kilogram", 1.0),
        "gram" => ("kilogram", 1e-3),
        "milligram" => ("kilogram", 1e-6),
        "microgram" => ("kilogram", 1e-9),
        "tonne" => ("kilogram", 1000.0),
        "kiloton" => ("kilogram", 1e6),
        "megaton" | "megatonne" => ("kilogram", 1e9),
        "gigaton" | "gigatonne" => ("kilogram", 1e12),
        "ton" => ("kilogram", 907.184_74),
        "lb" => ("kilogram", 0.453_592_37),
        "ounce" => ("kilogram", 0.028_349_523_125),
        "stone" => ("kilogram", 6.350_293_18),
        "carat" => ("kilogram", 2e-4),
        "km/h" => ("km/h", 1.0),
        "mph" => ("km/h", 1.609_344),
        "m/s" => ("km/h", 3.6),
        "km/s" => ("km/h", 3600.0),
        "knot" => ("km/h", 1.852),
        "watt" => ("watt", 1.0),
        "kilowatt" => ("watt", 1e3),
        "megawatt" => ("watt", 1e6),
        "gigawatt" => ("watt", 1e9),
        "terawatt" => ("watt", 1e12),
        "horsepower" => ("watt", 745.699_871_582),
        "joule" => ("joule", 1.0),
        "kilojoule" => ("joule", 1e3),
        "megajoule" => ("joule", 1e6),
        "gigajoule" => ("joule", 1e9),
        "calorie" | "kilocalorie" => ("joule", 4184.0),
        "wh" => ("joule", 3600.0),
        "kwh" => ("joule", 3.6e6),
        "mwh" => ("joule", 3.6e9),
        "gwh" => ("joule", 3.6e12),
        "twh" => ("joule", 3.6e15),
        "byte" => ("byte", 1.0),
        "bit" => ("byte", 0.125),
        "kilobyte" => ("byte", 1e3),
        "kibibyte" => ("byte", 1024.0),
        "megabyte" => ("byte", 1e6),
        "gigabyte" => ("byte", 1e9),
        "terabyte" => ("byte", 1e12),
        "petabyte" => ("byte", 1e15),
        "exabyte" => ("byte", 1e18),
        "millisecond" => ("second", 1e-3),
        "second" => ("second", 1.0),
        "minute" => ("second", 60.0),
        "hour" => ("second", 3600.0),
        "day" => ("second", 86_400.0),
        "week" => ("second", 604_800.0),
        "fortnight" => ("second", 1_209_600.0),
        // Mean Gregorian month and year.
        "month" => ("second", 2_629_746.0),
        "year" => ("second", 31_556_952.0),
        "decade" => ("second", 315_569_520.0),
        "century" => ("second", 3_155_695_200.0),
        "millennium" => ("second", 31_556_952_000.0),
        "percentage_point" => ("percentage_point", 1.0),
        "basis_point" => ("percentage_point", 0.01),
        "gbp" => ("gbp", 1.0),
        "penny" => ("gbp", 0.01),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_one_kind_meet_in_their_base() {
        assert_eq!(base_unit("mile"), Some(("metre", 1609.344)));
        assert_eq!(base_unit("usd"), None);
        assert_eq!(base_unit("celsius"), None);
        assert_eq!(to_base("fahrenheit", 212.0), Some(("celsius", 100.0)));
        assert_eq!(to_base("km", 0.3), to_base("metre", 300.0));
        assert_eq!(to_base("foot", 3.0), to_base("yard", 1.0));
        assert_eq!(to_base("km", f64::INFINITY), Some(("metre", f64::INFINITY)));
        assert_eq!(to_base("usd", 1.0), None);
    }
}
