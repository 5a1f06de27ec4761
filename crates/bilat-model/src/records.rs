//! All that the sources say, as it passes from the readers to the snapshot.

use crate::Pair;
use crate::evidence::{Citation, Statement};
use crate::profile::{City, Fact, Membership, Outline, Product, RollCall, VotingRecord};
use crate::registry::{CountryInfo, CountryName};
use crate::source::Vintage;

/// Everything that the sources say, in the order read.
#[derive(Debug, Default)]
pub struct Records {
    /// Statements about pairs.
    pub evidence: Vec<(Pair, Statement, Citation)>,
    /// Memberships in organisations.
    pub memberships: Vec<Membership>,
    /// Facts about one country.
    pub facts: Vec<Fact>,
    /// Roll calls, by index.
    pub roll_calls: Vec<RollCall>,
    /// What each country did at them.
    pub voting: Vec<VotingRecord>,
    /// Populated places.
    pub cities: Vec<City>,
    /// Shapes of countries.
    pub outlines: Vec<Outline>,
    /// Nomenclatures of goods.
    pub products: Vec<Product>,
    /// Countries.
    pub countries: Vec<CountryInfo>,
    /// Their names.
    pub names: Vec<CountryName>,
    /// The files that were read.
    pub vintages: Vec<Vintage>,
}
