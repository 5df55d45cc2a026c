//! macOS wants to be told that Python's own symbols are missing on purpose.

fn main() {
    pyo3_build_config::add_extension_module_link_args();
}
