// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The functions that answer, one file each; router.cc says which answers what.
#pragma once

#include "rest/call.hh"

namespace tripsis::rest {

Result<Response> capabilities(Call& call); ///< https://hl7.org/fhir/R4/http.html#capabilities
Result<Response> read(Call& call);         ///< https://hl7.org/fhir/R4/http.html#read
Result<Response> vread(Call& call);        ///< https://hl7.org/fhir/R4/http.html#vread
Result<Response> history(Call& call);      ///< https://hl7.org/fhir/R4/http.html#history
Result<Response> create(Call& call);       ///< https://hl7.org/fhir/R4/http.html#create
Result<Response> update(Call& call);       ///< https://hl7.org/fhir/R4/http.html#update
Result<Response> erase(Call& call);        ///< https://hl7.org/fhir/R4/http.html#delete
Result<Response> search(Call& call);       ///< https://hl7.org/fhir/R4/http.html#search
Result<Response> bundle(Call& call);       ///< https://hl7.org/fhir/R4/http.html#transaction

Result<Response> day(Call& call); ///< docs/api.md#operations, as the next six
Result<Response> chart(Call& call);
Result<Response> screen(Call& call);
Result<Response> note_prefill(Call& call);
Result<Response> match(Call& call);
Result<Response> merge(Call& call);
Result<Response> entered_in_error(Call& call);
Result<Response> worklist(Call& call);
Result<Response> portal(Call& call);
Result<Response> propose_plan(Call& call);
Result<Response> rules_report(Call& call);
Result<Response> adverse_events(Call& call);
Result<Response> apply_plan(Call& call);
Result<Response> apply_plan_by_post(Call& call);
Result<Response> measures(Call& call);
Result<Response> populate(Call& call);
Result<Response> extract(Call& call);
Result<Response> extract_given(Call& call);

Result<Response> check_wording(Call& call); ///< docs/api.md#operations, as the next one
Result<Response> evidence(Call& call);

Result<Response> record_screening(Call& call); ///< docs/api.md#safety, as the next four
Result<Response> request_clearance(Call& call);
Result<Response> clearance_letter(Call& call);
Result<Response> clear(Call& call);
Result<Response> override_rule(Call& call);

Result<Response> progress_report(Call& call); ///< docs/api.md#reports, as the next two
Result<Response> letter(Call& call);
Result<Response> records(Call& call);

Result<Response> sign_in(Call& call); ///< docs/api.md#signing-in, as the next two
Result<Response> sign_out(Call& call);
Result<Response> session(Call& call);

Result<Response> link(Call& call); ///< docs/api.md#signing-in, as the next two
Result<Response> link_request(Call& call);
Result<Response> hand_over(Call& call);
Result<Response> invite(Call& call); ///< docs/api.md#operations, as the next one
Result<Response> check_in(Call& call);
Result<Response> cds_services(Call& call); ///< docs/api.md#decision-support, as the next two
Result<Response> cds_hook(Call& call);
Result<Response> cds_feedback(Call& call);
Result<Response> list_drafts(Call& call); ///< docs/api.md#drafts, as the next three
Result<Response> read_draft(Call& call);
Result<Response> write_draft(Call& call);
Result<Response> erase_draft(Call& call);

} // namespace tripsis::rest
