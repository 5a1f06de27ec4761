//! Indicators: computed quantities with formula, inputs and method source
