//! How the values of a measure convert between units.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::units::Unit;

/// How values convert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Within one dimension, by UCUM.
    Dimension,
    /// Also between mass and amount of substance in a volume, by the molar mass of what is measured.
    Molar {
        /// Grams in a mol, in thousandths. Molar masses are sums of IUPAC's abridged standard atomic weights (2021).
        milligrams_per_mol: u32,
        /// Equivalents in a mol: the charge of an ion, where it is one.
        valence: Option<u8>,
    },
    /// HbA1c: percent of NGSP and mmol/mol of IFCC, by the master equation NGSP = 0.09148 × IFCC + 2.152
    /// (Hoelzel et al., Clin Chem 2004;50:166; ngsp.org/ifccngsp.asp).
    MasterEquation,
    /// A mass per mass or per amount of creatinine, 113.12 g/mol.
    PerCreatinine,
    /// A filtration rate for 1.73 m² of body surface, which some records write without the surface: the code says it.
    PerBodySurface,
}

/// Thousandths of a gram in a mol of creatinine, C4H7N3O.
pub(super) const CREATININE: u32 = 113_120;

static GRAM_PER_LITRE: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("g/L"), None));
static MOL_PER_LITRE: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mol/L"), None));
static EQUIVALENT_PER_LITRE: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("eq/L"), None));
static PERCENT: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("%"), None));
static PER_MILLE_OF_MOL: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mmol/mol"), None));
static MILLIGRAM_PER_GRAM: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mg/g"), None));
static MILLIGRAM_PER_MILLIMOL: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mg/mmol"), None));
static FILTRATION: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mL/min/{1.73_m2}"), None));
static FLOW: LazyLock<Unit> = LazyLock::new(|| Unit::read(Some("mL/min"), None));

impl Rule {
    /// What units whose values convert into each other have in common; `None` for a unit that converts into none.
    pub fn family(self, unit: &Unit) -> Option<String> {
        let own = || match self {
            Self::Dimension => None,
            Self::Molar { .. } => self.share(unit).map(|_| "concentration"),
            Self::MasterEquation => percent_of(unit).map(|_| "glycation"),
            Self::PerCreatinine => self.share(unit).map(|_| "per-creatinine"),
            Self::PerBodySurface => self.share(unit).map(|_| "filtration"),
        };
        let dimension = || unit.dimension().filter(|dimension| !dimension.is_plain()).map(|dimension| dimension.key());
        own().map(str::to_owned).or_else(dimension)
    }

    /// Converts a value, without rounding.
    pub fn convert(self, number: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
        if from == to {
            return Some(number);
        }
        match self {
            Self::MasterEquation => match (percent_of(from), percent_of(to)) {
                (Some(Glycation::Percent), Some(Glycation::PerMille)) => {
                    number.checked_sub(Decimal::new(2_152, 3))?.checked_div(Decimal::new(9_148, 5))
                }
                (Some(Glycation::PerMille), Some(Glycation::Percent)) => {
                    number.checked_mul(Decimal::new(9_148, 5))?.checked_add(Decimal::new(2_152, 3))
                }
                _ => from.convert(number, to),
            },
            Self::Dimension => from.convert(number, to),
            Self::Molar { .. } | Self::PerCreatinine | Self::PerBodySurface => {
                let shares = || number.checked_mul(self.share(from)?)?.checked_div(self.share(to)?);
                from.convert(number, to).or_else(shares)
            }
        }
    }

    /// How many of the rule's common unit one of this unit is: mol/L, mg/g, or mL/min for 1.73 m².
    fn share(self, unit: &Unit) -> Option<Decimal> {
        let dimension = unit.dimension()?;
        let like = |other: &Unit| other.dimension().is_some_and(|other| other == dimension);
        match self {
            Self::Molar { milligrams_per_mol, valence } => {
                if like(&GRAM_PER_LITRE) {
                    return unit.factor_to(&GRAM_PER_LITRE)?.checked_div(Decimal::new(milligrams_per_mol.into(), 3));
                }
                if like(&MOL_PER_LITRE) {
                    return unit.factor_to(&MOL_PER_LITRE);
                }
                let valence = valence.filter(|_| like(&EQUIVALENT_PER_LITRE))?;
                unit.factor_to(&EQUIVALENT_PER_LITRE)?.checked_div(valence.into())
            }
            Self::PerCreatinine if *unit == *MILLIGRAM_PER_GRAM => Some(Decimal::ONE),
            Self::PerCreatinine if like(&MILLIGRAM_PER_MILLIMOL) => {
                // 1 mg/mmol is 1 mg for each 0.11312 g.
                let grams = Decimal::new(CREATININE.into(), 6);
                unit.factor_to(&MILLIGRAM_PER_MILLIMOL)?.checked_div(grams)
            }
            Self::PerBodySurface if like(&FILTRATION) || like(&FLOW) => unit.factor_to(&FILTRATION),
            Self::PerCreatinine | Self::PerBodySurface | Self::Dimension | Self::MasterEquation => None,
        }
    }
}

enum Glycation {
    Percent,
    PerMille,
}

fn percent_of(unit: &Unit) -> Option<Glycation> {
    if *unit == *PERCENT {
        Some(Glycation::Percent)
    } else if *unit == *PER_MILLE_OF_MOL {
        Some(Glycation::PerMille)
    } else {
        None
    }
}
