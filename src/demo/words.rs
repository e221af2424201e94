//! What the made-up library writes about, and who writes it. All invented.

/// Something to write about: what it is called, the topics it stands for, what is said about it, and what is sold for it.
pub(super) struct Subject {
    pub name: &'static str,
    pub topics: &'static [&'static str],
    pub details: [&'static str; 3],
    pub products: [&'static str; 2],
}

const fn about(
    name: &'static str,
    topics: &'static [&'static str],
    details: [&'static str; 3],
    products: [&'static str; 2],
) -> Subject {
    Subject { name, topics, details, products }
}

macro_rules! mesh {
    ($label:literal) => {
        concat!("Medical Subject Headings (MeSH): ", $label)
    };
}

/// The topic that stands for the whole field.
pub(super) const FIELD: &str = "Gartner: Healthcare";

/// Forty subjects; more than a hundred topics in five schemes.
#[rustfmt::skip]
pub(super) const SUBJECTS: [Subject; 40] = [
    about("virtual care", &["Symplur: Virtual Care", mesh!("Telemedicine"), "KLAS: Virtual Care Platforms", "HIMSS: Telehealth"],
        ["video visits after hours", "a second opinion on screen", "fewer missed appointments"], ["Virtual Clinic", "Visit Room"]),
    about("virtual nursing", &["KLAS: Virtual Sitting and Nursing", mesh!("Telenursing"), "Symplur: Nursing"],
        ["a nurse on the screen by the bed", "discharge teaching by video", "calmer night shifts"], ["Bedside Screen", "Night Nurse"]),
    about("nurse scheduling", &["KLAS: Scheduling - Nurse and Staff", mesh!("Personnel Staffing and Scheduling"), "HIMSS: Workforce"],
        ["self-scheduling on a phone", "float pools that cross sites", "less overtime"], ["Shift Planner", "Staff Board"]),
    about("virtual reality", &[mesh!("Virtual Reality"), "Gartner: Immersive Experience", "Symplur: Digital Therapeutics"],
        ["headsets for pain during dressings", "surgical rehearsal", "exposure therapy in a quiet room"], ["VR Studio", "Headset Therapy"]),
    about("remote patient monitoring", &["KLAS: Remote Patient Monitoring", mesh!("Monitoring, Ambulatory"), "Symplur: Remote Monitoring"],
        ["blood pressure cuffs in the mail", "alerts that reach one nurse", "readings without a smartphone"], ["Home Monitor", "Vitals Kit"]),
    about("hospital at home", &["KLAS: Hospital at Home", mesh!("Home Care Services, Hospital-Based"), "Symplur: Hospital at Home"],
        ["infusions at the kitchen table", "paramedics as visiting hands", "a bed that stays free"], ["Home Ward", "Acute Kit"]),
    about("electronic health records", &["KLAS: Acute Care EMR", mesh!("Electronic Health Records"), "HIMSS: Electronic Health Records"],
        ["one chart for every site", "order sets pruned by half", "training in short films"], ["Chart", "Record Suite"]),
    about("ambient documentation", &["KLAS: Speech Recognition - Ambient", mesh!("Documentation"), "HIMSS: Clinician Burden"],
        ["notes drafted while people talk", "an hour less of evening typing", "consent asked at the door"], ["Scribe", "Voice Note"]),
    about("interoperability", &["HIMSS: Interoperability", mesh!("Health Information Interoperability"), "KLAS: Health Information Exchange", "Symplur: FHIR"],
        ["records that follow the patient", "fewer repeated scans", "one interface instead of forty"], ["Exchange", "Bridge API"]),
    about("patient portals", &["KLAS: Patient Portals", mesh!("Patient Portals"), "HIMSS: Patient Engagement"],
        ["results in plain words", "proxy access for parents", "messages sorted before they land"], ["Portal", "Patient App"]),
    about("cybersecurity", &["HIMSS: Cybersecurity", mesh!("Computer Security"), "Gartner: Security and Risk", "KLAS: Security Managed Services"],
        ["downtime drills on paper", "segmented device networks", "a phone tree that works"], ["Shield", "Threat Desk"]),
    about("artificial intelligence", &["Gartner: Artificial Intelligence", mesh!("Artificial Intelligence"), "HIMSS: AI and Machine Learning", "Symplur: Healthcare AI"],
        ["models checked against local data", "a committee that can say no", "drafts that a person signs"], ["Insight Engine", "Model Review"]),
    about("medical imaging", &["KLAS: PACS", mesh!("Diagnostic Imaging"), "Gartner: Imaging"],
        ["urgent reads moved to the top", "one archive for every department", "images on a tablet at the bedside"], ["Image Archive", "Viewer"]),
    about("sepsis alerts", &["KLAS: Clinical Decision Support - Surveillance", mesh!("Sepsis"), "HIMSS: Clinical Decision Support"],
        ["fewer false alarms", "antibiotics within the hour", "a rapid response nurse who calls"], ["Early Warning", "Sepsis Watch"]),
    about("medication reconciliation", &["KLAS: Pharmacy - Inpatient", mesh!("Medication Reconciliation"), "HIMSS: Patient Safety"],
        ["one list at discharge", "pharmacists at admission", "doses checked by scan"], ["Med List", "Dose Check"]),
    about("population health", &["KLAS: Population Health Management", mesh!("Population Health Management"), "Symplur: Population Health"],
        ["registries that someone works through", "outreach in four languages", "risk scores a nurse can explain"], ["Registry", "Outreach"]),
    about("revenue cycle automation", &["KLAS: Revenue Cycle - Outsourcing", mesh!("Financial Management, Hospital"), "HIMSS: Revenue Cycle"],
        ["denials worked in a day", "claims that leave clean", "statements people understand"], ["Claims Desk", "Ledger"]),
    about("prior authorization", &["KLAS: Prior Authorization", mesh!("Prior Authorization"), "Gartner: Payer Operations"],
        ["answers in minutes", "fax machines switched off", "rules shown before the order"], ["Fast Auth", "Auth Desk"]),
    about("price transparency", &["HIMSS: Price Transparency", mesh!("Health Expenditures"), "Symplur: Healthcare Costs"],
        ["estimates before the visit", "files that a machine can read", "fewer surprise bills"], ["Estimate", "Price File"]),
    about("digital front doors", &["Gartner: Digital Front Door", "KLAS: Patient Intake", mesh!("Appointments and Schedules")],
        ["booking without a phone call", "forms filled in before arrival", "one place to start"], ["Front Door", "Check-in"]),
    about("wearable devices", &["Symplur: Wearables", mesh!("Wearable Electronic Devices"), "Gartner: Internet of Things"],
        ["patches worn for a fortnight", "step counts in the chart", "batteries that outlast the study"], ["Patch", "Wrist Band"]),
    about("digital twins", &["Gartner: Digital Twins", mesh!("Computer Simulation"), "HIMSS: Innovation"],
        ["a model of the ward before the move", "simulated valves", "bed plans tested overnight"], ["Twin", "Ward Model"]),
    about("maternal health", &["Symplur: Maternal Health", mesh!("Maternal Health"), "KLAS: Labor and Delivery"],
        ["blood pressure checks after birth", "doulas on the care team", "prenatal visits by video"], ["Mother Link", "Birth Plan"]),
    about("mental health care", &["Symplur: Mental Health", mesh!("Mental Health"), "KLAS: Behavioral Health"],
        ["therapy by text between sessions", "same-week first visits", "crisis lines that hand over warmly"], ["Mind Line", "Calm Program"]),
    about("diabetes care", &["Symplur: Diabetes", mesh!("Diabetes Mellitus"), "KLAS: Chronic Care Management"],
        ["glucose sensors without fingersticks", "pharmacists who adjust doses", "eye scans at the barber's"], ["Glucose Coach", "Diabetes Kit"]),
    about("cancer screening", &["KLAS: Oncology - Medical", mesh!("Early Detection of Cancer"), "Symplur: Oncology"],
        ["mailed test kits", "scans on a bus", "reminders that name a person"], ["Screen Reminder", "Kit by Mail"]),
    about("oncology nursing", &[mesh!("Oncology Nursing"), "KLAS: Oncology - Navigation", "Symplur: Cancer Care"],
        ["symptom calls twice a week", "navigators for the first month", "infusion chairs near home"], ["Navigator", "Symptom Diary"]),
    about("genomic testing", &["Gartner: Precision Medicine", mesh!("Genomics"), "KLAS: Genetic Testing"],
        ["results that reach the chart", "counselling by video", "panels ordered in one click"], ["Gene Report", "Panel Desk"]),
    about("clinical trials", &["Symplur: Clinical Trials", mesh!("Clinical Trials as Topic"), "Gartner: Life Sciences"],
        ["visits at the local clinic", "consent read aloud", "matching done by a nurse and a list"], ["Trial Match", "Study Desk"]),
    about("stroke care", &[mesh!("Stroke"), "KLAS: Telestroke", "Symplur: Stroke"],
        ["a neurologist on the cart", "scans read in the ambulance bay", "door-to-needle times on the wall"], ["Stroke Cart", "Code Clock"]),
    about("emergency triage", &["KLAS: Emergency Department", mesh!("Triage"), "Symplur: Emergency Medicine"],
        ["a doctor at the door", "waiting times told honestly", "fast lanes for small wounds"], ["Triage Board", "Wait Times"]),
    about("surgical robotics", &["Gartner: Robotics", mesh!("Robotic Surgical Procedures"), "Symplur: Surgery"],
        ["shorter stays after surgery", "simulators in the break room", "costs counted for each case"], ["Arm", "Surgery Simulator"]),
    about("supply chain planning", &["Gartner: Supply Chain", mesh!("Equipment and Supplies, Hospital"), "KLAS: Enterprise Resource Planning", "HIMSS: Supply Chain"],
        ["shelves counted by scale", "second sources for gloves", "implants tracked to the patient"], ["Stock Room", "Supply Map"]),
    about("health equity work", &["Symplur: Health Equity", mesh!("Health Equity"), "HIMSS: Health Equity"],
        ["interpreters within a minute", "results split by neighbourhood", "clinics open on Saturdays"], ["Equity Lens", "Interpreter"]),
    about("social needs screening", &["KLAS: Social Determinants of Health Networks", mesh!("Social Determinants of Health"), "HIMSS: Community Care"],
        ["rides booked from the chart", "food boxes at discharge", "referrals that come back answered"], ["Community Link", "Ride Desk"]),
    about("patient contact centers", &["Gartner: Contact Center", "KLAS: Patient Outreach", mesh!("Call Centers")],
        ["calls answered by the third ring", "nurses and clerks in one room", "chat that knows when to stop"], ["Call Desk", "Answer Line"]),
    about("cloud migration", &["Gartner: Cloud", mesh!("Cloud Computing"), "HIMSS: Cloud"],
        ["old servers switched off", "restores tested every month", "bills read line by line"], ["Cloud Move", "Backup Vault"]),
    about("identity management", &["KLAS: Identity Management", mesh!("Biometric Identification"), "Gartner: Identity"],
        ["one badge for every door", "duplicate charts merged", "tap to sign in"], ["Badge", "Match Index"]),
    about("patient flow", &["KLAS: Patient Flow", mesh!("Bed Occupancy"), "HIMSS: Operations"],
        ["discharges before noon", "a command center with windows", "transport called by the bed itself"], ["Flow Board", "Bed Finder"]),
    about("burnout prevention", &["Symplur: Burnout", mesh!("Burnout, Professional"), "HIMSS: Well-being"],
        ["protected time for charting", "inboxes shared by a team", "leaders who round at night"], ["Pulse Survey", "Inbox Team"]),
];

/// Invented makers: two for each subject, in the order of the subjects.
#[rustfmt::skip]
pub(super) const MAKERS: [&str; 80] = [
    "Nestora", "Veridoc", "Calmeo", "Lumenwell", "Rosterly", "Shiftwise Nine", "Ocuvera", "Immersa", "Pulsant", "Tidemark",
    "Hearthside", "Domica", "Chartwell Grove", "Medora", "Quillon", "Verbatel", "Conflux", "Openspan", "Patria", "MyOllin",
    "Bastion", "Wardenry", "Cognita", "Sageline", "Radiant Fold", "Pixelume", "Vigilara", "Sentrel", "Pharmora", "Doselight",
    "Cohorta", "Reachwell", "Ledgerly", "Remitta", "Swiftpath", "Clearline", "Tarifa", "Openprice", "Threshold", "Doorstep",
    "Wearwell", "Kinetra", "Mirrora", "Gemini Ward", "Matria", "Cradle North", "Stillwater", "Mindra", "Glycora", "Sweetwater",
    "Earlybird", "Beacon Hill", "Compassa", "Onward", "Helixa", "Genoma Lane", "Trialist", "Protocol House", "Minutewise", "Carotida",
    "Frontline Nine", "Triago", "Steadyhand", "Suturea", "Stockwell", "Provisia", "Evenly", "Lingua Bay", "Commons", "Ferrywell",
    "Ringwell", "Answera", "Nimbera", "Vaultline", "Onekey", "Identia", "Bedwise", "Ollin's", "Respira", "Evenkeel",
];

/// The kinds of place that the news is about, with the topic that each stands for.
pub(super) const PLACES: [(&str, Option<&str>); 8] = [
    ("hospitals", Some(mesh!("Hospitals"))),
    ("clinics", Some(mesh!("Ambulatory Care Facilities"))),
    ("practices", Some("KLAS: Ambulatory Practices")),
    ("health systems", Some("HIMSS: Health Systems")),
    ("cancer centers", Some(mesh!("Cancer Care Facilities"))),
    ("nursing homes", Some(mesh!("Nursing Homes"))),
    ("pharmacies", Some(mesh!("Pharmacies"))),
    ("maternity wards", None),
];

/// What kind of such places.
pub(super) const SIZES: [&str; 8] =
    ["rural", "urban", "small", "large", "public", "independent", "regional", "nonprofit"];

/// Titles: `{S}` and `{s}` are the subject, `{p}` the places.
pub(super) const TITLES: [&str; 48] = [
    "{S} teams close gaps in {p}",
    "What {p} learned from two years of {s}",
    "Inside the push for {s} at {p}",
    "Why {p} are rethinking {s}",
    "{S} in {p}: what works and what does not",
    "How {p} make a budget for {s}",
    "A closer look at {s} in {p}",
    "{S} at {p}: a quiet arrival",
    "Five lessons on {s} from {p}",
    "Can {s} ease the load on {p}?",
    "The case for {s} in {p}",
    "{S}: a field guide for {p}",
    "When {p} bet on {s}",
    "{P} turn to {s} as staff run short",
    "{P} share the real cost of {s}",
    "Report: fastest growth of {s} in {p}",
    "Opinion: {s} will not save {p} alone",
    "{S} and the future of {p}",
    "Seven questions {p} should ask about {s}",
    "How three {p} started with {s}",
    "{P} join forces on {s}",
    "New grants bring {s} to {p}",
    "The hidden work behind {s} in {p}",
    "What patients say about {s} at {p}",
    "Survey: most {p} plan to expand {s}",
    "How {s} will change the day at {p}",
    "Getting started with {s}: advice for {p}",
    "{P} measure the return on {s}",
    "Behind the numbers: {s} at {p}",
    "Are {p} ready for {s}?",
    "Why nurses at {p} asked for {s}",
    "{S} without the hype: notes from {p}",
    "From pilot to practice: {s} in {p}",
    "{P} find a gentler way into {s}",
    "A year of {s} at {p}, in ten charts",
    "With {s}, {p} keep their doors open",
    "Regulators look at {s} in {p}",
    "How to talk about {s} with {p}",
    "{P} weigh the risks of {s}",
    "The quiet success of {s} in {p}",
    "Small teams, big plans: {s} at {p}",
    "What's next for {s} in {p}?",
    "A second chance for {s} at {p}",
    "Podcast: {s}, as {p} see it",
    "{P} slow down on {s}, and say why",
    "Building trust in {s} at {p}",
    "Q&A: running {s} across {p}",
    "An honest history of {s} in {p}",
];

/// Invented sites. The reserved ending leads nowhere.
#[rustfmt::skip]
pub(super) const BRANDS: [&str; 28] = [
    "carewire.example", "wardpost.example", "healthledger.example", "theclinicweekly.example", "rounds-daily.example",
    "bedsidereview.example", "medtechmorning.example", "nursingline.example", "payerpulse.example", "digitalward.example",
    "hospitalbrief.example", "careoperations.example", "thechartroom.example", "ruralhealthnotes.example", "cityhealthpost.example",
    "informaticsweek.example", "patientvoice.example", "pharmacyfront.example", "thesurgicalpage.example", "labandlight.example",
    "healthpolicydesk.example", "carefinance.example", "openmedicinejournal.example", "telecaretoday.example", "wellframe-news.example",
    "northernclinician.example", "datacarequarterly.example", "frontdoorhealth.example",
];

#[rustfmt::skip]
pub(super) const FIRST_NAMES: [&str; 40] = [
    "Amara", "Anselm", "Beatriz", "Bjorn", "Camila", "Caspian", "Dalia", "Desmond", "Elif", "Emeka", "Fiona", "Goran", "Hana",
    "Hugo", "Ines", "Isak", "Jamila", "Joris", "Keiko", "Kofi", "Leila", "Lorcan", "Maren", "Mateo", "Nadia", "Nils", "Odette",
    "Omar", "Petra", "Priya", "Quentin", "Rosa", "Ruben", "Saoirse", "Soren", "Tamsin", "Tariq", "Uma", "Viktor", "Yara",
];

#[rustfmt::skip]
pub(super) const LAST_NAMES: [&str; 40] = [
    "Abara", "Almqvist", "Bellweather", "Brandvold", "Castellan", "Corrigan", "Dahlberg", "Drummond", "Eastwick", "Farrow",
    "Fenwick", "Garrick", "Halloway", "Haverford", "Iversen", "Jessup", "Kestrel", "Kowalczyk", "Lindqvist", "Lockwood", "Marchetti",
    "Merriweather", "Nakagawa", "Northcote", "O'Farrell", "Okonjo", "Pellegrin", "Prakash", "Quill", "Ravensworth", "Rosenthal",
    "Sandoval", "Sterling", "Tavares", "Thistlewood", "Umber", "Vandermeer", "Westerholt", "Yarrow", "Zielinski",
];

/// Invented organisations.
#[rustfmt::skip]
pub(super) const ORGANISATIONS: [&str; 24] = [
    "Harbor Valley Health", "Northbridge Medical", "St. Brannoc's", "Saltmarsh County Health", "Cedar Hollow Clinic",
    "Lakemont Regional", "Prairie Star Health", "Old Mill Hospital", "Three Rivers Care", "Windward Health Partners",
    "Juniper Ridge Medical", "Copperfield Health", "Silver Birch Clinics", "Eastmoor General", "Highfield Children's",
    "Foxglove Health Network", "Larkspur Medical Group", "Stonebridge Health", "Bayview Family Care", "Quarry Lane Hospital",
    "Redfern Health Trust", "Maple County Hospital District", "Orchard Street Clinic", "Tidewater Health Alliance",
];
