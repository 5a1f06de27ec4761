pub(crate) fn read(_b: &[u8], _l: &crate::Limits) -> Result<crate::Draft, crate::Error> { todo!() }
