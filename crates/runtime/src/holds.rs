//! What the generator writes to have values held against conditions.

/// Holds a value against a condition.
#[doc(hidden)]
#[macro_export]
macro_rules! __holds {
    ($value:expr, { $($condition:tt)* }) => {{
        #[allow(unused_imports)]
        use $crate::condition::{ALWAYS, Condition::*, Evaluated, Scalar, types::*};
        #[allow(unused_imports)]
        use $crate::quantity::Quantity::{Double, Whole};
        static CONDITION: $crate::condition::Condition = $($condition)*;
        CONDITION.check($value)
    }};
}

/// Declares conditions that others ask for by their names: `NAME = CONDITION;`.
#[macro_export]
macro_rules! conditions {
    ($($name:ident = $condition:expr;)*) => {$(
        static $name: $crate::condition::Condition = {
            #[allow(unused_imports)]
            use $crate::condition::{ALWAYS, Condition::*, Evaluated, Scalar, types::*};
            #[allow(unused_imports)]
            use $crate::quantity::Quantity::{Double, Whole};
            $condition
        };
    )*};
}
