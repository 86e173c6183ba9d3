//! Codes of our people's records: SNOMED CT, ICD-10-CM, LOINC, RxNorm and CVX, each with the words it is shown as.

/// Code system of a [`Term`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// SNOMED CT.
    Snomed,
    /// ICD-10-CM.
    Icd10,
    /// LOINC.
    Loinc,
    /// RxNorm.
    RxNorm,
    /// CVX, vaccines.
    Cvx,
}

impl System {
    /// The system's FHIR URI.
    pub fn uri(self) -> &'static str {
        match self {
            Self::Snomed => "http://snomed.info/sct",
            Self::Icd10 => "http://hl7.org/fhir/sid/icd-10-cm",
            Self::Loinc => "http://loinc.org",
            Self::RxNorm => "http://www.nlm.nih.gov/research/umls/rxnorm",
            Self::Cvx => "http://hl7.org/fhir/sid/cvx",
        }
    }

    /// The system as an OID, as some vendors send it.
    pub fn oid(self) -> &'static str {
        match self {
            Self::Snomed => "urn:oid:2.16.840.1.113883.6.96",
            Self::Icd10 => "urn:oid:2.16.840.1.113883.6.90",
            Self::Loinc => "urn:oid:2.16.840.1.113883.6.1",
            Self::RxNorm => "urn:oid:2.16.840.1.113883.6.88",
            Self::Cvx => "urn:oid:2.16.840.1.113883.12.292",
        }
    }
}

/// Words with the codes that mean them; no codes is free text.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// What a screen shows.
    pub text: &'static str,
    /// Codes, the most telling first.
    pub codes: &'static [(System, &'static str)],
}

impl Term {
    /// The same codes under other words, as another place calls it.
    pub const fn called(self, text: &'static str) -> Self {
        Self { text, codes: self.codes }
    }
}

/// Words without a code.
pub const fn words(text: &'static str) -> Term {
    Term { text, codes: &[] }
}

macro_rules! terms {
    ($($name:ident = $text:literal, $($system:ident $code:literal),+;)+) => {
        $(#[doc = $text] pub const $name: Term = Term { text: $text, codes: &[$((System::$system, $code)),+] };)+
    };
}

// Conditions.
terms! {
    TYPE_2_DIABETES = "Type 2 diabetes mellitus", Snomed "44054006", Icd10 "E11.22";
    CKD_3A = "Chronic kidney disease stage 3A", Snomed "700378005", Icd10 "N18.31";
    CKD_3B = "Chronic kidney disease stage 3B", Snomed "700379002", Icd10 "N18.32";
    CKD_4 = "Chronic kidney disease stage 4", Snomed "431857002", Icd10 "N18.4";
    CKD_5 = "Chronic kidney disease stage 5", Snomed "433146000", Icd10 "N18.5";
    HYPERTENSION = "Essential hypertension", Snomed "59621000", Icd10 "I10";
    HYPERTENSIVE_DISORDER = "Hypertensive disorder", Snomed "38341003", Icd10 "I10";
    HEART_FAILURE_REDUCED = "Heart failure with reduced ejection fraction", Snomed "703272007", Icd10 "I50.22";
    HEART_FAILURE = "Heart failure", Snomed "84114007", Icd10 "I50.9";
    HYPERLIPIDEMIA = "Hyperlipidemia", Snomed "55822004", Icd10 "E78.5";
    RENAL_ANEMIA = "Anemia in chronic kidney disease", Snomed "707323002", Icd10 "D63.1";
    DIABETIC_FOOT_ULCER = "Foot ulcer due to diabetes mellitus", Snomed "371087003", Icd10 "E11.621";
    FATIGUE = "Fatigue", Snomed "84229001", Icd10 "R53.83";
    ASTHMA = "Asthma", Snomed "195967001", Icd10 "J45.909";
    COPD = "Chronic obstructive pulmonary disease", Snomed "13645005", Icd10 "J44.9";
    ATRIAL_FIBRILLATION = "Atrial fibrillation", Snomed "49436004", Icd10 "I48.91";
    HEPATITIS_B = "Chronic hepatitis B", Snomed "61977001", Icd10 "B18.1";
    DEPRESSION = "Major depressive disorder", Snomed "370143000", Icd10 "F32.9";
    RHEUMATOID_ARTHRITIS = "Rheumatoid arthritis", Snomed "69896004", Icd10 "M06.9";
    OSTEOPOROSIS = "Osteoporosis", Snomed "64859006", Icd10 "M81.0";
    FOOD_INSECURITY = "Food insecurity", Snomed "733423003", Icd10 "Z59.41";
    GOUT = "Gout", Snomed "90560007", Icd10 "M10.9";
    SLEEP_APNEA = "Obstructive sleep apnea syndrome", Snomed "78275009", Icd10 "G47.33";
    OBESITY = "Obesity", Snomed "414916001", Icd10 "E66.9";
}

// Measurements.
terms! {
    HBA1C = "Hemoglobin A1c/Hemoglobin.total in Blood", Loinc "4548-4";
    BLOOD_PRESSURE = "Blood pressure panel", Loinc "85354-9";
    SYSTOLIC = "Systolic blood pressure", Loinc "8480-6";
    DIASTOLIC = "Diastolic blood pressure", Loinc "8462-4";
    WEIGHT = "Body weight", Loinc "29463-7";
    EGFR_2021 = "Glomerular filtration rate (CKD-EPI 2021)", Loinc "98979-8";
    EGFR_MDRD = "Glomerular filtration rate (MDRD)", Loinc "33914-3";
    POTASSIUM = "Potassium in Serum or Plasma", Loinc "2823-3";
    CREATININE = "Creatinine in Serum or Plasma", Loinc "2160-0";
    ALBUMIN_CREATININE = "Albumin/Creatinine in Urine", Loinc "9318-7";
    HEMOGLOBIN = "Hemoglobin in Blood", Loinc "718-7";
    LDL = "Cholesterol in LDL", Loinc "13457-7";
    EJECTION_FRACTION = "Left ventricular ejection fraction", Loinc "10230-1";
    OXYGEN_SATURATION = "Oxygen saturation by pulse oximetry", Loinc "59408-5";
    INR = "INR in Platelet poor plasma", Loinc "6301-6";
    URATE = "Urate in Serum or Plasma", Loinc "3084-1";
    PROMIS_FATIGUE = "PROMIS-29 fatigue T-score", Loinc "71963-3";
    PHQ_9 = "PHQ-9 total score", Loinc "44261-6";
    CONDITION_STATUS_BY_PATIENT = "Patient's own view of a condition", Loinc "89253-9";
    ADVANCE_CARE_PLAN = "Personal advance care plan", Loinc "81334-5";
    ECHO_REPORT = "Echocardiogram report", Loinc "34552-0";
}

// Medications.
terms! {
    METFORMIN_500 = "metformin hydrochloride 500 MG Oral Tablet", RxNorm "861007";
    // With its ingredient, as servers that send many RxNorm codes do: this one sends no displays.
    METFORMIN_1000 = "metformin hydrochloride 1000 MG Oral Tablet", RxNorm "861004", RxNorm "6809";
    LISINOPRIL_10 = "lisinopril 10 MG Oral Tablet", RxNorm "314076";
    LOSARTAN_50 = "losartan potassium 50 MG Oral Tablet", RxNorm "979492";
    AMLODIPINE_5 = "amlodipine 5 MG Oral Tablet", RxNorm "197361";
    CARVEDILOL_12 = "carvedilol 12.5 MG Oral Tablet", RxNorm "200032";
    CARVEDILOL_25 = "carvedilol 25 MG Oral Tablet", RxNorm "200033";
    FUROSEMIDE_20 = "furosemide 20 MG Oral Tablet", RxNorm "310429";
    FUROSEMIDE_40 = "furosemide 40 MG Oral Tablet", RxNorm "313988";
    SPIRONOLACTONE_25 = "spironolactone 25 MG Oral Tablet", RxNorm "313096";
    EMPAGLIFLOZIN_10 = "empagliflozin 10 MG Oral Tablet", RxNorm "1545658";
    ATORVASTATIN_40 = "atorvastatin 40 MG Oral Tablet", RxNorm "617311";
    WARFARIN_5 = "warfarin sodium 5 MG Oral Tablet", RxNorm "855332";
    APIXABAN_5 = "apixaban 5 MG Oral Tablet", RxNorm "1364445";
    IBUPROFEN_600 = "ibuprofen 600 MG Oral Tablet", RxNorm "197806";
    METHOTREXATE_2_5 = "methotrexate 2.5 MG Oral Tablet", RxNorm "105585";
    SULFAMETHOXAZOLE_TRIMETHOPRIM = "sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet", RxNorm "198335";
    SERTRALINE_50 = "sertraline 50 MG Oral Tablet", RxNorm "312941";
    ALLOPURINOL_100 = "allopurinol 100 MG Oral Tablet", RxNorm "197319";
    ALLOPURINOL_300 = "allopurinol 300 MG Oral Tablet", RxNorm "197320";
}

// Substances and allergies.
terms! {
    NO_KNOWN_ALLERGY = "No known allergy", Snomed "716186003";
    LISINOPRIL = "lisinopril", RxNorm "29046";
    SULFAMETHOXAZOLE = "sulfamethoxazole", RxNorm "10180";
    IBUPROFEN = "ibuprofen", RxNorm "5640";
    PENICILLIN = "Penicillin", RxNorm "70618";
    ANGIOEDEMA = "Angioedema", Snomed "41291007";
    RASH = "Eruption of skin", Snomed "271807003";
}

// Activities, diets and vaccines.
terms! {
    DIABETES_EDUCATION = "Diabetes self-management education", Snomed "385804009";
    RETINAL_SCREENING = "Retinal screening", Snomed "390735007";
    FOOT_EXAM = "Diabetic foot examination", Snomed "401191002";
    CARDIAC_REHABILITATION = "Cardiac rehabilitation", Snomed "313395003";
    NEPHROLOGY_REFERRAL = "Referral to nephrologist", Snomed "306286007";
    DIETITIAN_REFERRAL = "Referral to dietitian", Snomed "103699006";
    PHYSICAL_THERAPY_REFERRAL = "Referral for physical therapy", Snomed "444831000124102";
    DIALYSIS_REFERRAL = "Referral for dialysis", Snomed "417038009";
    ECHOCARDIOGRAPHY = "Echocardiography", Snomed "40701008";
    PULMONARY_REHABILITATION = "Pulmonary rehabilitation", Snomed "415295002";
    BONE_DENSITY_SCAN = "Bone density scan", Snomed "312681000";
    RENAL_DIET = "Renal disease diet", Snomed "33489005";
    LOW_SODIUM_DIET = "Low sodium diet", Snomed "386619000";
    INFLUENZA_VACCINE = "Influenza, seasonal, injectable, preservative free", Cvx "140";
    PNEUMOCOCCAL_VACCINE = "Pneumococcal conjugate PCV20", Cvx "216";
    OFFICE_VISIT = "Office visit", Snomed "185349003";
    CARE_PLAN = "Care plan", Snomed "734163000";
}

// Roles in a care team.
terms! {
    PRIMARY_CARE_PHYSICIAN = "Primary care physician", Snomed "446050000";
    NEPHROLOGIST = "Nephrologist", Snomed "11911009";
    CARDIOLOGIST = "Cardiologist", Snomed "17561000";
    NURSE = "Nurse", Snomed "106292003";
    DIETITIAN = "Dietitian", Snomed "159033005";
    CARE_COORDINATOR = "Care coordinator", Snomed "768820003";
    PHYSIOTHERAPIST = "Physiotherapist", Snomed "36682004";
    PATIENT_IN_TEAM = "Patient", Snomed "116154003";
    CAREGIVER = "Caregiver", Snomed "133932002";
}
