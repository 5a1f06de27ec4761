//! The organisations that a brief names, in the order of how much a shared membership says.

/// An organisation by its code in the list of memberships.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Organisation {
    /// Its code there.
    pub(crate) code: &'static str,
    /// The message of its name: `organisation-…`.
    pub(crate) message: &'static str,
    /// Most of the world belongs to it.
    pub(crate) universal: bool,
    /// Its place in the order.
    pub(crate) order: u16,
}

macro_rules! organisations {
    ($($order:literal $code:literal $message:literal;)+) => {
        /// The organisations named in prose: those that bind few, first those that bind most.
        pub(crate) const ORGANISATIONS: &[Organisation] = &[
            $(Organisation { code: $code, message: $message, universal: false, order: $order },)+
        ];
    };
}

organisations! {
    1 "EU" "eu";
    2 "NATO" "nato";
    3 "EMU" "euro";
    4 "EAEU" "eaeu";
    5 "CSTO" "csto";
    6 "CIS" "cis";
    7 "SCO" "sco";
    8 "BRICS" "brics";
    9 "G-7" "g7";
    10 "G-20" "g20";
    11 "OECD" "oecd";
    12 "OPEC" "opec";
    13 "ASEAN" "asean";
    14 "GCC" "gcc";
    15 "LAS" "arab-league";
    16 "AU" "au";
    17 "ECOWAS" "ecowas";
    18 "SADC" "sadc";
    19 "EAC" "eac";
    20 "COMESA" "comesa";
    21 "Mercosur" "mercosur";
    22 "CAN" "andean";
    23 "Caricom" "caricom";
    24 "OAS" "oas";
    25 "SAARC" "saarc";
    26 "PIF" "pif";
    27 "Schengen Convention" "schengen";
    28 "EFTA" "efta";
    29 "CE" "council-of-europe";
    30 "OIC" "oic";
    31 "C" "commonwealth";
    32 "OIF" "francophonie";
    33 "CPLP" "cplp";
    34 "OSCE" "osce";
    35 "APEC" "apec";
    36 "ADB" "adb";
    37 "BSEC" "bsec";
    38 "ECO" "eco";
    39 "CICA" "cica";
    40 "EBRD" "ebrd";
    41 "NAM" "nam";
    42 "G-77" "g77";
    43 "WTO" "wto";
    44 "IAEA" "iaea";
}
