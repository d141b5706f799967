"""The smaller samples: three columns, Indonesian, Persian, every colour, every fault."""

from __future__ import annotations

SMALLEST = {
    "Sheet1": """
| Publication | Type | Delivery date |
| Autumn coffee guide | Blog article | 2026-12-14 |
| Advent calendar, door 1 | Facebook / Instagram organic post | 2026-12-03 |
| Gift box | Facebook ad post | 2026-12-18 |
| Order page for the gift box | Landing page | 2026-12-21 |
| December letter to customers | Newsletter | 2026-12-08 |
"""
}

INDONESIA = {
    "Rencana konten": """
| Rencana konten Warung Digital |
| Minta persetujuan Bu Rina sebelum mengubah tanggal terbit |

| No | Judul konten | Jenis konten | Klien | Kanal | Tanggal terbit | Prioritas | Status | Langkah saat ini | Pelaksana langkah | Lewati | Catatan |
| K-01 | Resep opor untuk akhir pekan | Konten blog | Dapur Bunda | Situs web | "1 Desember 2026" | | Dikerjakan | Copywriting | | | foto dari klien |
| K-02 | Promo gajian: minyak & beras | Posting Iklan Facebook | Toko Sembako Jaya | Facebook | "4 Des 2026" | Tinggi | Belum dimulai | | | | |
| K-03 | Halaman arahan katering kantor | Membuat halaman arahan | Dapur Bunda | Situs web | "17 Desember 2026" | Tinggi | | Analisis | | | |
| K-04 | Tips gigi: sikat gigi anak | Konten tips kesehatan gigi | Klinik Senyum | Instagram | "8 Des 2026" | | | | | | |
| K-05 | Cerita pelanggan: Bu Yanti | Posting konten Facebook | Toko Sembako Jaya | Facebook | "10 Des 2026" | Rendah | | | | Persetujuan Eksternal | |
| K-06 | Buletin akhir tahun | Buletin | Dapur Bunda | Email | "15 Des 2026" | | | | Desain: Putri | | |
| K-07 | Reels: dapur dalam 30 detik | Video / Reels | Dapur Bunda | Instagram | "18 Des 2026" | | | | | | |
| K-08 | Broadcast jadwal libur klinik | Broadcast WhatsApp | Klinik Senyum | WhatsApp | "21 Des 2026" | Mendesak | | | | | tanggal 24 cuti bersama |
| K-09 | Artikel: memilih beras | Konten blog | Toko Sembako Jaya | Situs web | "23 Des 2026" | | Ditunda | | | | |
| K-10 | Iklan Instagram tahun baru | Iklan Instagram | Klinik Senyum | Instagram | "28 Des 2026" | | | | | | |
""",
    "Tim": """
| Nama | Email | Keahlian | Jam per hari | Hari kerja |
| Putri | putri@warung.example | Desainer, Videografer | 6 | Senin-Jumat |
| Agus | agus@warung.example | Penulis, Penyunting | 6 | Senin-Jumat |
| Rina | rina@warung.example | Account executive, Perencana, Penyetuju internal | 6 | Senin-Jumat |
| Joko | joko@warung.example | Programmer, Spesialis email & otomasi | 5 | Senin-Kamis, Jumat/2 |
| Lina | lina@warung.example | Analis, Spesialis SEO, Kepala kreatif | 6 | Senin-Jumat |
| Wati | wati@warung.example | Penerbit, Spesialis media sosial, Pengelola komunitas | 6 | Senin-Sabtu |
""",
    "Cuti": """
| Nama | Dari | Sampai | Catatan |
| Agus | "7 Desember 2026" | "8 Desember 2026" | nikahan adik |
""",
    "Setelan": """
| Setelan | Nilai |
| Negara hari libur | Indonesia |
| Bahasa | id |
| Jam per hari | 6 |
""",
}

PERSIAN = {
    "برنامهٔ محتوا": """
| آژانس مهرگان: برنامهٔ محتوای آذر و دی ۱۴۰۵ |

| شناسه | عنوان | نوع | مشتری | کانال | تاریخ انتشار | اولویت | وضعیت | گام جاری | یادداشت |
| م-۰۱ | راهنمای خرید زعفران | مقالهٔ وبلاگ | زعفران قائن | وب‌سایت | ۱۴۰۵/۰۹/۱۶ | | در حال انجام | نگارش متن | |
| م-۰۲ | پیشنهاد شب یلدا | پست تبلیغاتی فیس‌بوک | شیرینی گلستان | اینستاگرام | ۱۴۰۵/۰۹/۲۵ | فوری | | | عکس‌ها روز شنبه می‌رسد |
| م-۰۳ | صفحهٔ فرود سفارش یلدا | ساخت صفحهٔ فرود (لندینگ) | شیرینی گلستان | وب‌سایت | ۱۴۰۵/۰۹/۲۸ | زیاد | | تحلیل | |
| م-۰۴ | خبرنامهٔ آذر | خبرنامه | زعفران قائن | ایمیل | ۱۴۰۵/۰۹/۱۷ | | | | |
| م-۰۵ | نکته‌های سلامت دندان کودک | محتوای نکته‌های سلامت دندان | درمانگاه لبخند | اینستاگرام | ۱۴۰۵/۰۹/۲۲ | | | | |
| م-۰۶ | ریلز: پشت صحنهٔ قنادی | ویدئو / ریلز | شیرینی گلستان | اینستاگرام | ۱۴۰۵/۱۰/۰۲ | | | | |
| م-۰۷ | پست: انار و زعفران | پست فیس‌بوک / اینستاگرام | زعفران قائن | اینستاگرام | ۱۴۰۵/۰۹/۲۹ | کم | | | |
| م-۰۸ | نمونه‌کاوی: کافهٔ رو‌به‌رو | نمونه‌کاوی | زعفران قائن | وب‌سایت | ۱۴۰۵/۱۰/۱۵ | | متوقف | | |
""",
    "تیم": """
| نام | ایمیل | مهارت‌ها | ساعت در روز | روزهای کاری |
| سارا | sara@mehregan.example | طراح، تدوینگر ویدئو | ۶ | شنبه-چهارشنبه، پنجشنبه/۲ |
| کاوه | kaveh@mehregan.example | کپی‌رایتر، ویراستار | ۶ | شنبه-چهارشنبه، پنجشنبه/۲ |
| نگار | negar@mehregan.example | مدیر ارتباط با مشتری، برنامه‌ریز، تأییدکنندهٔ داخلی | ۶ | شنبه-چهارشنبه، پنجشنبه/۲ |
| امیر | amir@mehregan.example | برنامه‌نویس، کارشناس ایمیل و اتوماسیون، کارشناس سئو | ۵ | شنبه-چهارشنبه |
| لیلا | leila@mehregan.example | تحلیل‌گر، سرپرست خلاقیت، ناشر محتوا، کارشناس شبکه‌های اجتماعی، مدیر جامعهٔ کاربران | ۶ | شنبه-چهارشنبه، پنجشنبه/۲ |
""",
    "مرخصی": """
| نام | از | تا | یادداشت |
| کاوه | ۱۴۰۵/۰۹/۲۱ | ۱۴۰۵/۰۹/۲۲ | سفر |
""",
    "تنظیمات": """
| تنظیم | مقدار |
| زبان | فارسی |
| تقویم | شمسی |
| کشور تعطیلات | Iran |
| روزهای کاری | شنبه-چهارشنبه، پنجشنبه/۲ |
| ساعت در روز | ۶ |
""",
}

COLOURS = {
    "Publications": """
| ID | Publication | Type | Client | Delivery date | Priority | Status | Current step |
| C-01 | Green: time enough | Blog article | Sagara Coffee | 2026-12-18 | | | |
| C-02 | Green: just published, watched | Facebook ad post | Sagara Coffee | 2026-11-20 | | | Monitoring |
| C-03 | Amber: its margin is eaten | Facebook / Instagram organic post | Sagara Coffee | 2026-12-03 | | | |
| C-04 | Amber: the designer is past the promised day | E-mail campaign | Sagara Coffee | 2026-12-17 | | | Design |
| C-05 | Red: too late already | Landing page | Sagara Coffee | 2026-12-01 | High | | |
| C-06 | Red: nobody can make a video | Video / reel | Sagara Coffee | 2026-12-21 | | | |
| C-07 | Red: the type is not known | Podkast | Sagara Coffee | 2026-12-21 | | | |
| C-08 | Grey: on hold | Newsletter | Sagara Coffee | 2026-12-10 | | On hold | |
| C-09 | Grey: done | Newsletter | Sagara Coffee | 2026-11-12 | | Done | |
| C-10 | Grey: cancelled | Newsletter | Sagara Coffee | 2026-12-11 | | Cancelled | |
| C-11 | Grey: an idea | Newsletter | Sagara Coffee | 2027-01-14 | | Idea | |
""",
    "Team": """
| Name | Skills | Hours per day | Working days |
| Sari | Designer, Creative lead | 6 | Mon-Fri |
| Budi | Copywriter, Editor, SEO | 6 | Mon-Fri |
| Rizal | Web developer, QA, E-mail specialist, Publisher, Social media, Community manager | 6 | Mon-Fri |
| Nina | Account manager, Planner, Analyst, Internal approver | 6 | Mon-Thu, Fri/2 |
""",
    "Settings": """
| Setting | Value |
| Language | en |
| Safety margin | 2 |
""",
    "History": """
| When | ID | Step | Event | Owner | Due | Note |
| 2026-11-17 | C-04 | Design | started | Sari | 2026-11-19 | |
| 2026-11-20 | C-02 | Publishing | published | Rizal | 2026-11-20 | |
""",
}

MESSY = {
    "Plan": """
| OUR PLAN, PLEASE DO NOT SORT!!! | | | updated by Joan |

| | ref | Headline | Content type | Brand | Due date | urgency | Status | Current step | Owners | Skip | Days | Comments | Flag |
| | 1 | Good row, all well | Blog article | Acme | 2026-12-18 | High | In progress | Copywriting | | | | | =IF(F5>0,"fine","") |
| | 2 | Type misspelt | Blog artcle | Acme | 2026-12-18 | | | | | | | |
| | 2 | ID used twice | Newsletter | Acme | 2026-12-14 | | | | | | | |
| | | No ID yet | Newsletter | Acme | 2026-12-15 | | | | | | | |
| | 5 | Date is missing | Newsletter | Acme | | | | | | | | |
| | 6 | Date is a wish | Newsletter | Acme | soon | | | | | | | |
| | 7 | Date from another century | Newsletter | Acme | 1926-12-14 | | | | | | | |
| | 8 | Date far away | Newsletter | Acme | 2206-12-14 | | | | | | | |
| | 9 | Date as a number | Newsletter | Acme | 46370 | | | | | | | |
| | 10 | Date with a day first | Newsletter | Acme | "16/12/2026" | | | | | | | |
| | 11 | Date in the past | Newsletter | Acme | 2026-11-13 | | | | | | | |

| | 13 | Priority unheard of | Newsletter | Acme | 2026-12-17 | super | | | | | | |
| | 14 | Status unheard of | Newsletter | Acme | 2026-12-17 | | half asleep | | | | | |
| | 15 | Step unheard of | Newsletter | Acme | 2026-12-17 | | | Rehearsal | | | | |
| | 16 | Owner unheard of | Newsletter | Acme | 2026-12-17 | | | | Design: Zoltan | | | |
| | 17 | Owner without the skill | Newsletter | Acme | 2026-12-17 | | | | Design: Budi | | | |
| | 18 | Skips what is not there | Newsletter | Acme | 2026-12-17 | | | | | Shooting | | |
| | 19 | Days of nothing | Newsletter | Acme | 2026-12-17 | | | | | | Design: 0 | |
| | 20 | Days that are no quarters | Newsletter | Acme | 2026-12-17 | | | | | | Design: 0.3 | |
| | 21 | A broken reference | #REF! | Acme | 2026-12-17 | | | | | | | |
| | 22 | A formula nobody has computed | Newsletter | Acme | =F3+7 | | | | | | | |
| | 23 | "=1+1 is a title here" | Newsletter | Acme | 2026-12-21 | | | | | | | "=SUM(A1) as a text" |
| | 24 | Own type with two publish steps | Twice | Acme | 2026-12-21 | | | | | | | |
| | 25 | Own type that waits for itself | Circle | Acme | 2026-12-21 | | | | | | | |
""",
    "Workflows": """
| Type | Step | Phase | Skill | Days | Hours | Kind | After | Returns to | Not by |
| Twice | Write | Creation | Copywriter | 1 | 2 | work | | | |
| Twice | Out | Delivery | Publisher | 0.25 | 0.25 | publish | | | |
| Twice | Out again | Delivery | Publisher | 0.25 | 0.25 | publish | | | |
| Circle | Write | Creation | Copywriter | 1 | 2 | work | Check | | |
| Circle | Check | Approval | Internal approver | 1 | 1 | work | Write | | Ghost |
| Circle | Out | Delivery | Publisher | 0.25 | 0.25 | publish | | | |
""",
    "Team": """
| Name | Skills | Hours per day | Working days |
| Sari | Designer | 6 | Mon-Fri |
| Budi | Copywriter, Editor, SEO | 25 | Mon-Fri |
| Budi | Planner | 6 | Mon-Fri |
| Rizal | Web developer, E-mail specialist, Publisher, Social media | six | Mon-Fri |
| Nina | Account manager, Planner, Analyst, Internal approver | 6 | now and then |
""",
    "Time off": """
| Name | From | To | Note |
| Sari | 2026-12-11 | 2026-12-07 | ends before it starts |
| Zoltan | 2026-12-11 | 2026-12-11 | not on the team |
""",
    "Settings": """
| Setting | Value |
| Holidays country | Atlantis |
| Safety margin | 1 |
| Colour of the sky | blue |
""",
}
