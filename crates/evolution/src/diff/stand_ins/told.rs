//! A report with the numbers that are meant.

use super::super::instance::Instance;
use super::super::report::{Data, Report, Told};
use super::chosen::StandIns;

/// Tells of the numbers that others stood for.
pub fn tell(report: &mut Report, stand_ins: &StandIns) {
    of_data(&mut report.data, stand_ins);
    report.schemas.iter_mut().for_each(|schema| of_data(&mut schema.data, stand_ins));
    report.operations.iter_mut().for_each(|operation| of_told(&mut operation.data, stand_ins));
    for place in report.definitions.iter_mut().flat_map(|definition| &mut definition.changes) {
        for change in &mut place.changes {
            change.change = stand_ins.said(&change.change).into_owned();
        }
        let all = [&mut place.data, &mut place.with_formats_asserted, &mut place.around];
        all.into_iter().flatten().for_each(|data| of_data(data, stand_ins));
    }
}

fn of_data(data: &mut Data, stand_ins: &StandIns) {
    of_told(&mut data.old_data, stand_ins);
    of_told(&mut data.new_data, stand_ins);
}

fn of_told(told: &mut Told, stand_ins: &StandIns) {
    if let Some(error) = &mut told.error {
        *error = stand_ins.said(error).into_owned();
    }
    if let Some(witness) = &mut told.witness {
        let text = witness.to_string();
        match stand_ins.json(&text) {
            Some(meant) if meant == text => {}
            meant => told.witness = meant.and_then(Instance::written),
        }
    }
}
