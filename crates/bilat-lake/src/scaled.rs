//! Values that lie in two columns, as one decimal.

use std::sync::Arc;

use arrow::array::{AsArray, Decimal128Array};
use arrow::datatypes::{DataType, Int32Type, Int64Type};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDFImpl, Signature, Volatility,
};

/// The function's name.
pub(crate) const SCALED: &str = "scaled";

/// `scaled(digits, zeros)`: digits times ten to the power of zeros, in millionths.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Scaled {
    signature: Signature,
}

impl Scaled {
    pub(crate) fn new() -> Self {
        let types = vec![DataType::Int64, DataType::Int32];
        Self {
            signature: Signature::exact(types, Volatility::Immutable),
        }
    }
}

impl ScalarUDFImpl for Scaled {
    fn name(&self) -> &str {
        SCALED
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::Decimal128(18, 6))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let [digits, zeros] = arrays.as_slice() else {
            return Err(DataFusionError::Execution(
                "scaled takes digits and zeros".to_owned(),
            ));
        };
        let digits = digits.as_primitive::<Int64Type>();
        let zeros = zeros.as_primitive::<Int32Type>();
        let value = |(digits, zeros): (Option<i64>, Option<i32>)| {
            let (Some(digits), Some(zeros)) = (digits, zeros) else {
                return Ok(None);
            };
            bilat_snapshot::value_of(digits, zeros)
                .map(|v| Some(i128::from(v)))
                .ok_or_else(|| {
                    let what = format!("the value {digits} with {zeros} zeros is out of range");
                    DataFusionError::Execution(what)
                })
        };
        let mut out = Decimal128Array::builder(digits.len());
        for pair in digits.iter().zip(zeros.iter()) {
            out.append_option(value(pair)?);
        }
        let out = out.finish().with_precision_and_scale(18, 6)?;
        Ok(ColumnarValue::Array(Arc::new(out)))
    }
}
