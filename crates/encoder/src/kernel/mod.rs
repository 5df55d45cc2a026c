//! Matrix products over packed panels, in floats and in 16-bit integers, for the instructions that the CPU has.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod float;
mod integer;
mod portable;

pub(crate) use float::{FloatPanels, FloatProduct, multiply_float};
pub(crate) use integer::{IntPanels, IntProduct, LARGEST_WEIGHT, Quantised, multiply_int};

/// Outputs in one panel: two AVX2 registers of 32-bit numbers.
pub(crate) const PANEL: usize = 16;
/// Most rows of one tile.
pub(crate) const MOST_ROWS: usize = 12;

/// How the linear layers are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// 32-bit floats: the reference, and the faster one without vector instructions for integers.
    F32,
    /// 16-bit integers with exact 32-bit sums; the vectors' cosine to [`Arithmetic::F32`] is above 0.9999.
    Int16,
}

impl Arithmetic {
    /// The faster one on this CPU.
    pub fn best() -> Self {
        if Instructions::best() == Instructions::portable() {
            Self::F32
        } else {
            Self::Int16
        }
    }
}

/// A set of vector instructions that this CPU is known to have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Instructions(pub(crate) Set);

/// The field is private to the crate: only detection makes the values other than `Portable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    Portable,
    /// AVX2 and FMA.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// Those of `Avx2`, AVX-512 F and VNNI.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Instructions {
    /// Those that every CPU of the target has.
    pub fn portable() -> Self {
        Self(Set::Portable)
    }

    /// The fastest that this CPU has.
    pub fn best() -> Self {
        Self::all().last().copied().unwrap_or(Self::portable())
    }

    /// All that this CPU has, from the portable ones to the fastest.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::portable()];
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            all.push(Self(Set::Avx2));
            if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
                all.push(Self(Set::Avx512));
            }
        }
        all
    }
}

impl std::fmt::Debug for Instructions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Defines a function over slices that is compiled once for each set of instructions and chosen by its first argument.
macro_rules! vectorised {
    ($(#[$meta:meta])* $vis:vis fn $name:ident($($arg:ident: $ty:ty),* $(,)?) $(-> $out:ty)? $body:block) => {
        $(#[$meta])*
        $vis fn $name(on: $crate::kernel::Instructions, $($arg: $ty),*) $(-> $out)? {
            #[inline(always)]
            fn body($($arg: $ty),*) $(-> $out)? $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($arg: $ty),*) $(-> $out)? {
                body($($arg),*)
            }

            match on.0 {
                $crate::kernel::Set::Portable => body($($arg),*),
                #[cfg(target_arch = "x86_64")]
                // SAFETY: these are only made after AVX2 and FMA were detected. Wider registers gain nothing here.
                $crate::kernel::Set::Avx2 | $crate::kernel::Set::Avx512 => unsafe { avx2($($arg),*) },
            }
        }
    };
}
pub(crate) use vectorised;
