"""The topics the assistant came with; a clinic adds its own beside them."""

CATALOGUE = {
    "what_is_migraine", "migraine_symptoms", "migraine_vs_headache", "migraine_causes", "migraine_triggers",
    "migraine_aura", "migraine_or_stroke", "chronic_migraine", "episodic_vs_chronic", "headache_diary", "diagnosis",
    "medication_overuse", "attack_relief", "other_treatments", "what_is_botox", "how_botox_works",
    "botox_effectiveness", "botox_onset", "botox_duration", "botox_procedure", "injection_sites", "does_it_hurt",
    "side_effects", "serious_risks", "who_should_not", "pregnancy_breastfeeding", "drug_interactions", "aftercare",
    "cosmetic_vs_migraine", "cost_insurance", "approval", "not_working", "long_term_safety", "is_it_a_cure",
    "age_limits", "other_conditions", "other_brands", "who_qualifies", "why_not_episodic", "find_specialist",
    "prepare_for_visit", "more_information",
}  # fmt: skip
