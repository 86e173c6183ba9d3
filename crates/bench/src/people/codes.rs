//! The words of the invented records: common conditions, medications, measurements and acts.

/// A code with its words.
pub(super) struct Term {
    pub(super) code: &'static str,
    pub(super) display: &'static str,
}

const fn term(code: &'static str, display: &'static str) -> Term {
    Term { code, display }
}

/// A measurement: its LOINC code, its UCUM unit, its category, and where its values lie.
pub(super) struct Measure {
    pub(super) term: Term,
    pub(super) unit: &'static str,
    pub(super) category: &'static str,
    pub(super) low: f64,
    pub(super) high: f64,
}

const fn measure(
    code: &'static str,
    display: &'static str,
    unit: &'static str,
    category: &'static str,
    [low, high]: [f64; 2],
) -> Measure {
    Measure { term: term(code, display), unit, category, low, high }
}

/// SNOMED CT.
pub(super) const CONDITIONS: &[Term] = &[
    term("44054006", "Diabetes mellitus type 2 (disorder)"),
    term("59621000", "Essential hypertension (disorder)"),
    term("433144002", "Chronic kidney disease stage 3 (disorder)"),
    term("13645005", "Chronic obstructive lung disease (disorder)"),
    term("84114007", "Heart failure (disorder)"),
    term("55822004", "Hyperlipidemia (disorder)"),
    term("396275006", "Osteoarthritis (disorder)"),
    term("35489007", "Depressive disorder (disorder)"),
    term("414916001", "Obesity (disorder)"),
    term("49436004", "Atrial fibrillation (disorder)"),
    term("271737000", "Anemia (disorder)"),
    term("22253000", "Pain (finding)"),
];

/// RxNorm.
pub(super) const MEDICATIONS: &[Term] = &[
    term("860975", "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet"),
    term("314076", "lisinopril 10 MG Oral Tablet"),
    term("197361", "amlodipine 5 MG Oral Tablet"),
    term("617312", "atorvastatin 20 MG Oral Tablet"),
    term("310798", "hydrochlorothiazide 25 MG Oral Tablet"),
    term("866514", "metoprolol tartrate 50 MG Oral Tablet"),
    term("855332", "warfarin sodium 5 MG Oral Tablet"),
    term("313782", "acetaminophen 325 MG Oral Tablet"),
];

/// LOINC.
pub(super) const MEASURES: &[Measure] = &[
    measure("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood", "%", "laboratory", [5.2, 9.8]),
    measure("2339-0", "Glucose [Mass/volume] in Blood", "mg/dL", "laboratory", [70.0, 240.0]),
    measure(
        "33914-3",
        "Glomerular filtration rate/1.73 sq M.predicted",
        "mL/min/{1.73_m2}",
        "laboratory",
        [28.0, 95.0],
    ),
    measure("38483-4", "Creatinine [Mass/volume] in Blood", "mg/dL", "laboratory", [0.6, 2.4]),
    measure("6298-4", "Potassium [Moles/volume] in Blood", "mmol/L", "laboratory", [3.4, 5.6]),
    measure("18262-6", "Low Density Lipoprotein Cholesterol", "mg/dL", "laboratory", [60.0, 190.0]),
    measure("29463-7", "Body weight", "kg", "vital-signs", [58.0, 118.0]),
    measure("39156-5", "Body mass index (BMI) [Ratio]", "kg/m2", "vital-signs", [21.0, 39.0]),
    measure("8867-4", "Heart rate", "/min", "vital-signs", [55.0, 110.0]),
    measure("2708-6", "Oxygen saturation in Arterial blood", "%", "vital-signs", [88.0, 100.0]),
];

/// SNOMED CT: what is ordered and done.
pub(super) const ACTS: &[Term] = &[
    term("410177006", "Special diet education (procedure)"),
    term("229065009", "Exercise therapy (regime/therapy)"),
    term("225358003", "Wound care (regime/therapy)"),
    term("134435003", "Routine antenatal care"),
    term("370995009", "Health risks education"),
    term("252160004", "Standard chest X-ray"),
    term("710824005", "Assessment of health and social care needs (procedure)"),
    term("428191000124101", "Documentation of current medications"),
];

/// CVX.
pub(super) const VACCINES: &[Term] =
    &[term("140", "Influenza, seasonal, injectable, preservative free"), term("133", "Pneumococcal conjugate PCV 13")];
