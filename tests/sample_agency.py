"""The agency: eight people, forty publications, six weeks."""

from __future__ import annotations

PUBLICATIONS = """
| Kembang Studio · content plan, year end 2026 |
| Ask Tania before you move a delivery date. We go through this list every Monday at 09:30. |

| ID | Client | Publication | Type | Channel | Campaign | Delivery date | Priority | Status | Current step | Owners | Skip | Days | Not before | Notes |
| P-001 | Sagara Coffee | Carousel: five ways to brew at home | Carousel | Instagram | Home brewing | 2026-11-25 | | In progress | Scheduling | | | | | photos by Yoga, credited in the caption |
| P-002 | Lumen Dental | Dental tips: night guards | Dental health tips content | Instagram | | 2026-11-26 | | In progress | Internal approval | | | | | |
| P-003 | Arunika Travel | Newsletter: where to go in December | Newsletter | E-mail | Year end | 2026-11-26 | High | In progress | E-mail build | | | | | list: subscribers + 2025 guests |
| P-004 | Sagara Coffee | Facebook ad: gift box, pre-order | Facebook ad post | Facebook | Gift box | 2026-11-27 | Urgent | Revision | Design | Design: Sari | | | | client wants the red box, not the green one |
| P-005 | Nusa Home | Carousel: small kitchens, big light | Carousel | Instagram | | 2026-11-30 | | In progress | Client OK | | | | | |
| P-006 | Lumen Dental | Blog: what a cleaning really costs | Blog article | Website | Open prices | 2026-12-01 | | In review | Internal approval | | | | | sent back once: prices of the Depok branch |
| P-007 | Arunika Travel | Reel: sunrise over Bromo | Video / reel | Instagram | Year end | 2026-12-02 | High | In progress | Video editing | | | | | footage is on the drive |
| P-008 | Rumah Tani | Post: harvest day in Lembang | Facebook / Instagram organic post | Instagram | Harvest | 2026-12-02 | | In progress | Copywriting | | | | | |
| P-009 | Sagara Coffee | Newsletter: gift guide | Newsletter | E-mail | Gift box | 2026-12-03 | High | | Copywriting | | | | | |
| P-010 | Nusa Home | SEO refresh: sofa buying guide | SEO page refresh | Website | Evergreen | 2026-12-03 | | In progress | Copywriting | | | | | keep the old address |
| P-011 | Rumah Tani | Carousel: who grows your rice | Carousel | Instagram | Harvest | 2026-12-04 | | | Copywriting | | | | | |
| P-012 | Lumen Dental | Treatment promo: aligners, December | Dental treatment promotion | Facebook | Smile | 2026-12-07 | High | | Legal / compliance check | | | | | no before/after pictures |
| P-013 | Nusa Home | Landing page: year-end sale | Landing page | Website | Year-end sale | 2026-12-08 | Urgent | In progress | Design | | | Build: 4 | | payment widget is new for us |
| P-014 | Arunika Travel | Carousel: packing for the rainy season | Carousel | Instagram | | 2026-12-01 | | | | | | | | |
| P-015 | Sagara Coffee | Facebook ad: gift box, last call | Facebook ad post | Facebook | Gift box | 2026-12-09 | High | | Concept | | | | | |
| P-016 | Rumah Tani | E-mail: vegetable box, winter menu | E-mail campaign | E-mail | Harvest | 2026-12-10 | | | | | | | | |
| P-017 | Lumen Dental | Carousel: first visit with a toddler | Carousel | Instagram | | 2026-12-10 | | | | | | | | |
| P-018 | Nusa Home | Google Ads: year-end sale | Google Ads | Google | Year-end sale | 2026-12-10 | High | | | | | | | needs the landing page P-013 |
| P-019 | Arunika Travel | Blog: Labuan Bajo on a budget | Blog article | Website | Evergreen | 2026-12-11 | | | Outline | Copywriting: Maya | | | | |
| P-020 | Sagara Coffee | Carousel: the story of the roaster | Carousel | Instagram | | 2026-12-10 | | | | | | | 2026-12-02 | interview with Pak Hendra on 2 Dec |
| P-021 | Rumah Tani | Reel: from field to plate in a day | Video / reel | Instagram | Harvest | 2026-12-08 | | | Briefing | | | | | |
| P-022 | Nusa Home | Facebook campaign: year-end sale | Facebook Ads (campaign) | Facebook | Year-end sale | 2026-12-14 | High | | | | | | | |
| P-023 | Arunika Travel | Newsletter: last seats for New Year | Newsletter | E-mail | Year end | 2026-12-14 | High | | | | | | | |
| P-024 | Lumen Dental | Post: meet our hygienist | Facebook / Instagram organic post | Instagram | | 2026-12-14 | Low | | | | External approval | | | |
| P-025 | Sagara Coffee | Blog: how we choose beans | Blog article | Website | Evergreen | 2026-12-15 | | | | | | | | |
| P-026 | Nusa Home | Carousel: lamps under a million | Carousel | Instagram | Year-end sale | 2026-12-15 | | | | | | | | |
| P-027 | Rumah Tani | Press release: new cold storage | Press release | Press | | 2026-12-16 | High | | | | | | | embargo until 10:00 |
| P-028 | Arunika Travel | Instagram ad: early bird 2027 | Instagram ad | Instagram | Early bird | 2026-12-16 | | | | | | | | |
| P-029 | Lumen Dental | Newsletter: open on holidays | Newsletter | E-mail | | 2026-12-17 | | | | | | | | |
| P-030 | Sagara Coffee | Carousel: year in cups | Carousel | Instagram | | 2026-12-17 | | | | | | | | numbers from Andre by 10 Dec |
| P-031 | Nusa Home | Case study: a café in Bandung | Case study | Website | | 2026-12-18 | Low | | | | Data collection | | | interview is done |
| P-032 | Rumah Tani | Carousel: recipes for leftovers | Carousel | Instagram | Harvest | 2026-12-18 | | | | | | | | |
| P-033 | Arunika Travel | Post: staff picks 2026 | Facebook / Instagram organic post | Instagram | | 2026-12-21 | Low | | | | | | | |
| P-034 | Lumen Dental | Blog: teeth and coffee | Blog article | Website | Evergreen | 2026-12-22 | | | | | | | 2026-12-09 | the doctor we quote is back on 9 Dec |
| P-035 | Sagara Coffee | Newsletter: new year, new roast | Newsletter | E-mail | | 2026-12-29 | | | | | | | | |
| P-036 | Nusa Home | Carousel: tidy start | Carousel | Instagram | | 2026-12-30 | | | | Design: Dewi | | | | |
| P-037 | Rumah Tani | Landing page: farm visits | Landing page | Website | Farm visits | 2027-01-08 | | On hold | | | | | | waits for the permit |
| P-038 | Arunika Travel | Blog: five villages without cars | Blog article | Website | Evergreen | 2027-01-06 | Low | Idea | | | | | | |
| P-039 | Lumen Dental | Carousel: Black Friday offer | Carousel | Instagram | | 2026-11-27 | | Cancelled | | | | | | client changed their mind |
| P-040 | Sagara Coffee | Post: thank you, 10,000 followers | Facebook / Instagram organic post | Instagram | | 2026-11-20 | | Done | Done | | | | | |
"""

WORKFLOWS = """
| Type | Step | Phase | Skill | Days | Hours | Kind | After | Returns to | Not by |
| Carousel | Briefing | Specification | Account manager | 0.5 | 0.5 | work | | | |
| Carousel | Copywriting | Creation | Copywriter | 1 | 2 | work | | | |
| Carousel | Design | Creation | Designer | 2 | 8 | work | | | |
| Carousel | Review | Approval | Internal approver | 0.5 | 0.5 | work | | Design | Design, Copywriting |
| Carousel | Client OK | Approval | Account manager | 1 | 0.25 | wait | | Design | |
| Carousel | Scheduling | Delivery | Publisher | 0.25 | 0.25 | work | | | |
| Carousel | Publish | Delivery | Publisher | 0.25 | 0.25 | publish | | | |
| Carousel | Comments | Follow-up | Community manager | 2 | 1 | follow-up | | | |
| Newsletter | Topics | Specification | Account manager | 0.5 | 1 | work | | | |
| Newsletter | Copywriting | Creation | Copywriter | 1 | 3 | work | | | |
| Newsletter | Design | Creation | Designer | 1.5 | 6 | work | Topics | | |
| Newsletter | E-mail build | Build | E-mail specialist | 1 | 2.5 | work | Copywriting, Design | | |
| Newsletter | Review | Approval | Internal approver | 0.5 | 0.5 | work | | E-mail build | E-mail build |
| Newsletter | Send | Delivery | Publisher | 0.25 | 0.5 | publish | | | |
| Newsletter | Report | Follow-up | Analyst | 3 | 1 | follow-up | | | |
"""

TEAM = """
| Name | Email | Skills | Hours per day | Working days | From | Until |
| Sari | sari@kembang.example | Designer | 5 | Mon-Fri | | |
| Dewi | dewi@kembang.example | Designer, Video maker | 4 | Mon-Thu | | |
| Budi | budi@kembang.example | Copywriter, Editor | 6 | Mon-Fri | | |
| Maya | maya@kembang.example | Copywriter, Social media, Community manager, Publisher | 6 | Mon-Fri | | |
| Rizal | rizal@kembang.example | Web developer, QA, E-mail specialist | 6 | Mon-Fri | | |
| Tania | tania@kembang.example | Account manager, Planner, PR | 6 | Mon-Fri | | |
| Andre | andre@kembang.example | Analyst, SEO, Media buyer | 6 | Mon-Fri | | |
| Nina | nina@kembang.example | Creative lead, Internal approver, Publisher | 5 | Mon-Thu, Fri/2 | | |
"""

TIME_OFF = """
| Name | From | To | Note |
| Budi | 2026-11-30 | 2026-11-30 | moving house |
| Dewi | 2026-12-14 | 2026-12-16 | leave |
| Nina | 2026-12-17 | 2026-12-18 | awards jury |
| Rizal | 2026-12-28 | 2026-12-31 | leave |
"""

HOLIDAYS = """
| Date | Name |
| 2026-12-31 | studio closed |
"""

SETTINGS = """
| Setting | Value |
| Holidays country | Indonesia |
| Time zone | Asia/Jakarta |
| Language | en |
| Hours per day | 6 |
| Focus | 0.75 |
| Safety margin | 2 |
"""

HISTORY = """
| When | ID | Step | Event | Owner | Due | Note |
| 2026-11-16 | P-006 | Copywriting | started | Budi | 2026-11-17 | |
| 2026-11-18 | P-006 | Copywriting | finished | Budi | 2026-11-17 | |
| 2026-11-19 | P-006 | Internal approval | started | Nina | 2026-11-19 | |
| 2026-11-19 | P-006 | Internal approval | returned | Nina | | prices of the Depok branch are old |
| 2026-11-18 | P-004 | Design | finished | Sari | 2026-11-18 | |
| 2026-11-20 | P-004 | Design | returned | Sari | | the red box, not the green one |
| 2026-11-19 | P-013 | Design | started | Dewi | 2026-11-23 | |
| 2026-11-19 | P-007 | Video editing | started | Dewi | 2026-11-20 | |
| 2026-11-20 | P-010 | Copywriting | started | Budi | 2026-11-23 | |
| 2026-11-20 | P-003 | E-mail build | started | Rizal | 2026-11-23 | |
| 2026-11-20 | P-040 | Publishing | published | Nina | 2026-11-20 | |
"""

TABS = {
    "Content plan": PUBLICATIONS,
    "Workflows": WORKFLOWS,
    "Team": TEAM,
    "Time off": TIME_OFF,
    "Holidays": HOLIDAYS,
    "Settings": SETTINGS,
    "History": HISTORY,
}
