//! Desmond at University Hospital: born a day earlier, and on another blood thinner.

use crate::people::chart::{Chart, Demographics, Draft, Unit, between};
use crate::people::terms::*;

pub(super) fn record(c: &Chart) -> Vec<Draft> {
    let doctor = "Practitioner/demirkan";
    let own =
        vec![
            c.patient(Demographics {
                mrn: "E1190347",
                family: "OKEEFE BRANDT",
                given: &["Desmond"],
                gender: "male",
                born: "1948-02-28",
                line: "7 MILL RACE",
                city: "CEDAR HOLLOW",
                postal_code: "90099",
                phone: "+1 555 555 0117",
            }),
            c.condition("heart", HEART_FAILURE).since(c.years_ago(3)).recorded(doctor, c.years_ago(3)),
            c.condition("fibrillation", ATRIAL_FIBRILLATION).since(c.years_ago(2)).recorded(doctor, c.years_ago(2)),
            c.goal("weight", "Weight 77 to 79 kg")
                .achievement("worsening", c.months_ago(1))
                .started(c.months_ago(5))
                .addresses("Condition/heart")
                .target(WEIGHT, between("77", "79", Unit::KG), c.in_months(1)),
            c.medication_request("warfarin", WARFARIN_5, doctor, c.months_ago(20))
                .stopped("Changed to apixaban after a high INR")
                .because("Condition/fibrillation")
                .dose("Take 1 tablet in the evening", 1, "5"),
            c.medication_request("apixaban", APIXABAN_5, doctor, c.months_ago(4))
                .because("Condition/fibrillation")
                .dose("Take 1 tablet twice daily", 2, "5"),
            c.medication_request("carvedilol", CARVEDILOL_25, doctor, c.months_ago(4))
                .for_goal("Goal/weight")
                .because("Condition/heart")
                .dose("Take 1 tablet twice daily", 2, "25"),
            c.medication_request("spironolactone", SPIRONOLACTONE_25, doctor, c.months_ago(4))
                .for_goal("Goal/weight")
                .because("Condition/heart")
                .dose("Take 1 tablet daily", 1, "25"),
            c.medication_request("antibiotic", SULFAMETHOXAZOLE_TRIMETHOPRIM, doctor, c.days_ago(12)).dose(
                "Take 1 tablet twice daily for 10 days",
                2,
                "960",
            ),
            c.nutrition_order("salt", LOW_SODIUM_DIET, doctor, c.months_ago(4), "At most 2 g sodium a day.")
                .for_goal("Goal/weight"),
            c.care_plan("heart", "Heart plan", c.months_ago(5))
                .addresses("Condition/heart")
                .goal("Goal/weight")
                .activity("MedicationRequest/carvedilol", &["Observation/weight-1"], &[])
                .activity("NutritionOrder/salt", &[], &[]),
            c.encounter("clinic-1", doctor, c.months_ago(1)).because("Condition/heart"),
        ];
    [own, c.vital_series("weight", WEIGHT, Unit::KG, &[(5, "80.1"), (3, "81.0"), (1, "82.7")])].concat()
}
