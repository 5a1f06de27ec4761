//! Composition: outline, salience, wording, charts
