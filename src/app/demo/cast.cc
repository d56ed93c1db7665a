// Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#include "app/demo/cast.hh"

#include <array>

namespace tripsis::app::demo {
namespace {

constexpr Minutes at(int hour, int minute) {
  return std::chrono::hours{hour} + Minutes{minute};
}

constexpr std::array the_therapists{
    Therapist{"maya", "Maya", "Lind", "female", 0, at(8, 0), at(16, 0)},
    Therapist{"jon", "Jon", "Okafor", "male", 1, at(8, 0), at(16, 0)},
    Therapist{"ines", "Ines", "Rey", "female", 2, at(8, 30), at(13, 0)},
    Therapist{"tomas", "Tomas", "Berg", "male", 3, at(8, 0), at(12, 0)},
    Therapist{"aiko", "Aiko", "Mori", "female", 3, at(12, 30), at(18, 0)},
    Therapist{"priya", "Priya", "Nair", "female", 2, at(13, 30), at(18, 0)},
};

constexpr std::array low_back{
    Target{"quadratus_lumborum", "left", "trigger_point_compression"},
    Target{"lumbar_longissimus", "left", "structural_massage"},
    Target{"lumbar_longissimus", "right", "structural_massage"},
    Target{"gluteus_medius", "left", "myofascial_release"},
};
constexpr std::array hip{
    Target{"gluteus_medius", "right", "structural_massage"},
    Target{"piriformis", "right", "trigger_point_compression"},
    Target{"tensor_fasciae_latae", "right", "myofascial_release"},
};
constexpr std::array neck{
    Target{"levator_scapulae", "left", "trigger_point_compression"},
    Target{"trapezius_upper", "left", "muscle_stripping"},
    Target{"trapezius_upper", "right", "swedish_relaxation"},
    Target{"splenius_capitis", "left", "myofascial_release"},
};
constexpr std::array shoulder{
    Target{"infraspinatus", "right", "trigger_point_compression"},
    Target{"supraspinatus", "right", "deep_tissue"},
    Target{"deltoid_posterior", "right", "pin_and_stretch"},
};
constexpr std::array head{
    Target{"suboccipitals", "left", "trigger_point_compression"},
    Target{"suboccipitals", "right", "trigger_point_compression"},
    Target{"trapezius_upper", "left", "swedish_relaxation"},
};
constexpr std::array calf{
    Target{"gastrocnemius", "right", "effleurage"},
    Target{"soleus", "right", "muscle_stripping"},
};
constexpr std::array knee{
    Target{"rectus_femoris", "left", "moderate_pressure"},
    Target{"vastus_lateralis", "left", "moderate_pressure"},
    Target{"gastrocnemius", "left", "stretch_assisted"},
};
constexpr std::array widespread{
    Target{"trapezius_upper", "left", "light_touch"},
    Target{"trapezius_upper", "right", "light_touch"},
    Target{"lumbar_longissimus", "left", "myofascial_release"},
};
constexpr std::array belly{Target{"rectus_abdominis", "left", "scar_mobilisation"},
                           Target{"rectus_abdominis", "right", "scar_mobilisation"}};
constexpr std::array heel{
    Target{"plantar_fascia", "left", "myofascial_release"},
    Target{"soleus", "left", "trigger_point_compression"},
};
constexpr std::array jaw{
    Target{"masseter", "left", "trigger_point_compression"},
    Target{"temporalis", "left", "trigger_point_compression"},
};
constexpr std::array elbow{
    Target{"extensor_carpi_radialis", "right", "muscle_stripping"},
    Target{"extensor_digitorum", "right", "cross_fibre_friction"},
};
constexpr std::array arm{Target{"biceps_brachii", "right", "mld"},
                         Target{"brachioradialis", "right", "mld"}};
constexpr std::array thigh{
    Target{"rectus_femoris", "left", "sports_post_event"},
    Target{"rectus_femoris", "right", "sports_post_event"},
};

constexpr std::array the_complaints{
    Complaint{"Low back pain", "M54.50", "Low back pain, unspecified", "low_back", low_back,
              "Sit through a day at work"},
    Complaint{"Hip pain", "M25.551", "Pain in right hip", "hip_groin", hip, "Walk the dog for an hour"},
    Complaint{"Neck pain, headache", "M54.2", "Cervicalgia", "neck_posterior", neck,
              "Read to my daughter without a headache"},
    Complaint{"Shoulder pain", "M25.511", "Pain in right shoulder", "shoulder", shoulder,
              "Reach the top shelf again"},
    Complaint{"Tension headache", "G44.209", "Tension-type headache, unspecified, not intractable",
              "head_face", head, "No more than one headache a week"},
    Complaint{"Calf strain", "S86.111D",
              "Strain of muscle at lower leg level, right leg, subsequent encounter", "leg_posterior", calf,
              "Run five kilometres"},
    Complaint{"Knee osteoarthritis", "M17.12", "Unilateral primary osteoarthritis, left knee", "knee", knee,
              "Take the stairs without stopping"},
    Complaint{"Fibromyalgia", "M79.7", "Fibromyalgia", "upper_back", widespread, "Sleep through the night"},
    Complaint{"Caesarean scar", "L90.5", "Scar conditions and fibrosis of skin", "abdomen", belly,
              "Lift my son without pulling"},
    Complaint{"Neck pain", "M54.2", "Cervicalgia", "neck_posterior", neck, "Turn my head when I drive"},
    Complaint{"Heel pain", "M72.2", "Plantar fascial fibromatosis", "foot", heel,
              "First steps in the morning without pain"},
    Complaint{"Jaw pain", "M26.629", "Arthralgia of temporomandibular joint, unspecified side", "jaw", jaw,
              "Eat an apple"},
    Complaint{"Calf tightness", "M79.18", "Myalgia, other site", "leg_posterior", calf,
              "Cycle to work again"},
    Complaint{"Tennis elbow", "M77.11", "Lateral epicondylitis, right elbow", "elbow", elbow,
              "Carry the shopping"},
    Complaint{"Migraine", "G43.909", "Migraine, unspecified, not intractable", "neck_posterior", head,
              "Fewer sick days"},
    Complaint{"Arm lymphoedema", "I97.2", "Postmastectomy lymphedema syndrome", "upper_arm", arm,
              "Wear my own jacket"},
    Complaint{"Sore after race", "M79.18", "Myalgia, other site", "thigh_anterior", thigh,
              "Train again on Thursday"},
};

constexpr std::array the_referrers{
    Referrer{"Dr Hanna Weiss", "1234567893"},
    Referrer{"Dr Ilya Moreau", "1679576722"},
    Referrer{"Dr Beth Arden", "1245319599"},
    Referrer{"Dr Kofi Mensah", "1003000126"},
};

constexpr std::array<Patient, patient_count> the_patients{{
    {"Sam", "Ito", "male", 1979, 0, 0, at(8, 0), Minutes{60}, 0, 3, 10, Story::None},
    {"Rosa", "Diaz", "female", 1968, 1, 0, at(9, 15), Minutes{60}, 0, 5, 8, Story::None},
    {"Ana", "Petrov", "female", 1974, 2, 0, at(10, 30), Minutes{60}, 0, 7, 10, Story::BloodThinner},
    {"Lee", "Cho", "male", 1990, 3, 0, at(11, 45), Minutes{45}, 0, 1, 6, Story::FirstVisit},
    {"Nils", "Aune", "male", 1961, 0, 0, at(13, 15), Minutes{60}, 0, 9, 10, Story::None},
    {"Grace", "Tan", "female", 1987, 4, 0, at(14, 30), Minutes{60}, 0, 2, 6, Story::None},
    {"Tom", "Beck", "male", 1995, 5, 1, at(8, 0), Minutes{60}, 0, 4, 6, Story::None},
    {"Olga", "Saar", "female", 1955, 6, 1, at(9, 15), Minutes{60}, 0, 6, 8, Story::None},
    {"Peter", "Quist", "male", 1983, 0, 1, at(10, 30), Minutes{60}, 0, 2, 10, Story::None},
    {"Hana", "Sato", "female", 1971, 7, 1, at(11, 45), Minutes{60}, 0, 7, 10, Story::None},
    {"Eve", "Lund", "female", 1991, 8, 1, at(13, 30), Minutes{45}, 0, 3, 5, Story::None},
    {"Marek", "Nowak", "male", 1988, 9, 1, at(14, 30), Minutes{60}, 0, 1, 8, Story::FirstVisit},
    {"Yusuf", "Demir", "male", 1977, 10, 2, at(8, 30), Minutes{60}, 0, 3, 6, Story::None},
    {"Lucia", "Bianchi", "female", 1993, 11, 2, at(9, 45), Minutes{60}, 0, 4, 6, Story::None},
    {"Karin", "Holm", "female", 1969, 12, 2, at(11, 0), Minutes{60}, 0, 1, 6, Story::SuspectedClot},
    {"Ben", "Adler", "male", 1985, 13, 2, at(12, 15), Minutes{45}, 0, 2, 6, Story::None},
    {"Ida", "Falk", "female", 1964, 0, 3, at(8, 0), Minutes{60}, 0, 8, 10, Story::None},
    {"Omar", "Haddad", "male", 1972, 3, 3, at(9, 15), Minutes{60}, 0, 5, 8, Story::None},
    {"Nora", "Weiss", "female", 1996, 0, 3, at(10, 30), Minutes{60}, 0, 4, 8, Story::Pregnant},
    {"Jean", "Roux", "male", 1980, 14, 4, at(12, 30), Minutes{60}, 0, 3, 8, Story::None},
    {"Julia", "Stone", "female", 1982, 9, 4, at(13, 45), Minutes{60}, 0, 6, 8, Story::None},
    {"Sara", "Kim", "female", 1989, 9, 4, at(15, 0), Minutes{60}, 0, 6, 8, Story::None},
    {"Adam", "Levy", "male", 1976, 0, 4, at(16, 15), Minutes{60}, 0, 5, 10, Story::None},
    {"Vera", "Popova", "female", 1959, 15, 5, at(13, 30), Minutes{60}, 0, 10, 12, Story::Lymphoedema},
    {"Dan", "Cole", "male", 1998, 16, 5, at(14, 45), Minutes{45}, 0, 1, 1, Story::FirstVisit},
    {"May", "Ling", "female", 1967, 0, 5, at(15, 45), Minutes{60}, 0, 4, 10, Story::None},
    {"Elena", "Marsh", "female", 1970, 0, 0, at(8, 0), Minutes{60}, 1, 1, 6, Story::FirstVisit},
    {"Oskar", "Lind", "male", 1963, 9, 0, at(10, 30), Minutes{60}, 1, 4, 8, Story::None},
    {"Fatima", "Noor", "female", 1984, 3, 0, at(14, 30), Minutes{60}, 1, 7, 10, Story::None},
    {"Hugo", "Brandt", "male", 1992, 4, 1, at(9, 15), Minutes{60}, 1, 2, 8, Story::None},
    {"Chiara", "Conti", "female", 1978, 6, 1, at(11, 45), Minutes{60}, 1, 1, 6, Story::FirstVisit},
    {"Viktor", "Hale", "male", 1957, 1, 2, at(8, 30), Minutes{60}, 1, 8, 8, Story::None},
    {"Amara", "Obi", "female", 1986, 7, 2, at(11, 0), Minutes{60}, 1, 9, 10, Story::None},
    {"Lars", "Viken", "male", 1981, 13, 3, at(9, 15), Minutes{60}, 1, 6, 8, Story::None},
    {"Mina", "Park", "female", 1994, 14, 4, at(12, 30), Minutes{60}, 1, 1, 6, Story::FirstVisit},
    {"Diego", "Ramos", "male", 1969, 10, 4, at(15, 0), Minutes{60}, 1, 4, 8, Story::None},
    {"Ruth", "Keller", "female", 1952, 11, 5, at(15, 45), Minutes{60}, 1, 1, 10, Story::FirstVisit},
    {"Pavel", "Horak", "male", 1975, 5, 0, at(9, 15), Minutes{60}, 2, 2, 8, Story::None},
    {"Zoe", "Winter", "female", 1999, 0, 0, at(13, 15), Minutes{60}, 2, 1, 6, Story::FirstVisit},
    {"Samir", "Aziz", "male", 1988, 9, 1, at(8, 0), Minutes{60}, 2, 8, 8, Story::None},
    {"Greta", "Olsen", "female", 1966, 3, 1, at(10, 30), Minutes{60}, 2, 3, 10, Story::None},
    {"Noah", "Finch", "male", 1991, 4, 1, at(14, 30), Minutes{60}, 2, 6, 8, Story::None},
    {"Leila", "Haddad", "female", 1973, 6, 2, at(9, 45), Minutes{60}, 2, 1, 6, Story::FirstVisit},
    {"Emil", "Novak", "male", 1960, 1, 3, at(8, 0), Minutes{60}, 2, 4, 8, Story::None},
    {"Ivy", "Chen", "female", 1997, 7, 3, at(10, 30), Minutes{60}, 2, 5, 10, Story::None},
    {"Carl", "Voss", "male", 1954, 13, 4, at(13, 45), Minutes{60}, 2, 2, 8, Story::None},
    {"Nadia", "Karim", "female", 1982, 14, 5, at(13, 30), Minutes{60}, 2, 1, 6, Story::FirstVisit},
    {"Theo", "Martin", "male", 1979, 10, 0, at(8, 0), Minutes{60}, 3, 8, 8, Story::None},
    {"Alma", "Ruiz", "female", 1965, 11, 0, at(10, 30), Minutes{60}, 3, 7, 10, Story::None},
    {"Finn", "Doyle", "male", 1990, 5, 0, at(14, 30), Minutes{60}, 3, 6, 8, Story::None},
    {"Petra", "Klein", "female", 1971, 0, 1, at(9, 15), Minutes{60}, 3, 1, 6, Story::FirstVisit},
    {"Ravi", "Menon", "male", 1987, 9, 1, at(11, 45), Minutes{60}, 3, 4, 8, Story::None},
    {"Helga", "Stein", "female", 1958, 3, 2, at(8, 30), Minutes{60}, 3, 9, 10, Story::None},
    {"Owen", "Price", "male", 1983, 4, 2, at(11, 0), Minutes{60}, 3, 2, 8, Story::None},
    {"Sofia", "Rossi", "female", 1995, 6, 3, at(9, 15), Minutes{60}, 3, 1, 6, Story::FirstVisit},
    {"Mats", "Eek", "male", 1968, 1, 4, at(12, 30), Minutes{60}, 3, 8, 8, Story::None},
    {"Chloe", "Martin", "female", 1989, 7, 4, at(15, 0), Minutes{60}, 3, 1, 10, Story::FirstVisit},
    {"Aron", "Katz", "male", 1962, 13, 5, at(15, 45), Minutes{60}, 3, 6, 8, Story::None},
    {"Lena", "Frost", "female", 1976, 14, 0, at(9, 15), Minutes{60}, 1, 1, 6, Story::FirstVisit},
    {"Bao", "Tran", "male", 1993, 10, 0, at(13, 15), Minutes{60}, 1, 4, 8, Story::None},
}};

} // namespace

std::span<Therapist const> therapists() {
  return the_therapists;
}
std::span<Complaint const> complaints() {
  return the_complaints;
}
std::span<Patient const> patients() {
  return the_patients;
}
std::span<Referrer const> referrers() {
  return the_referrers;
}

} // namespace tripsis::app::demo
