// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
//
// The people of the made-up practice: therapists, rooms, complaints, patients. All of them are invented.
// What happens to them is made in visits.cc.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string_view>

namespace tripsis::app::demo {

using Minutes = std::chrono::minutes; ///< Since the clinic's midnight, or a length.

struct Therapist {
  std::string_view username, given, family, gender;
  int room; ///< Index in `room_count` rooms
  Minutes from, to;
};
constexpr int room_count = 4;
std::span<Therapist const> therapists();

/// One place on one muscle, as a complaint is usually worked on.
struct Target {
  std::string_view muscle, side, technique;
};

struct Complaint {
  std::string_view text, icd10, icd10_display, region;
  std::span<Target const> targets;
  std::string_view goal; ///< In the patient's words
};
std::span<Complaint const> complaints();

/// What makes a patient special; most have none.
enum class Story : unsigned char { None, FirstVisit, SuspectedClot, BloodThinner, Pregnant, Lymphoedema };

/// A patient with a weekly hour: today's visit, or one on another weekday.
struct Patient {
  std::string_view given, family, gender;
  int birth_year;
  int complaint; ///< Index in complaints()
  int therapist; ///< Index in therapists()
  Minutes start, length;
  int days_from_today;   ///< 0: has a visit today; else the next visit is so many days ahead
  int visit, authorised; ///< The next visit's number, and how many the referral allows
  Story story;
};
constexpr std::size_t patient_count = 60;
std::span<Patient const> patients();

/// Physicians who refer; index by patient.
struct Referrer {
  std::string_view name, npi;
};
std::span<Referrer const> referrers();

} // namespace tripsis::app::demo
