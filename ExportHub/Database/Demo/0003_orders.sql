CREATE TYPE demo.order_status AS ENUM ('new', 'paid', 'shipped', 'delivered', 'returned', 'canceled');

CREATE TABLE demo.orders (
    id bigint NOT NULL PRIMARY KEY,
    order_no text NOT NULL,
    ordered_at timestamptz NOT NULL,
    due_on date,
    customer text NOT NULL,
    email text NOT NULL,
    country char(2) NOT NULL,
    status demo.order_status NOT NULL,
    amount numeric(12, 2) NOT NULL,
    tax_rate numeric(5, 4) NOT NULL,
    items integer NOT NULL,
    weight_kg double precision,
    is_gift boolean NOT NULL,
    reference uuid NOT NULL,
    tags text[] NOT NULL,
    attributes jsonb NOT NULL,
    note text
);

-- The days share the 250,000 orders by weight: the shop grows, sells most before Christmas and least on Sundays.
CREATE TEMPORARY TABLE demo_day
ON COMMIT DROP
AS
SELECT
    day,
    coalesce(lag(upto) OVER (ORDER BY day), 0) + 1 AS first,
    upto AS last
FROM (
    SELECT
        day,
        sum(weight) OVER (ORDER BY day) * 250000 / sum(weight) OVER () AS upto
    FROM (
        SELECT
            DATE '2024-01-01' + number AS day,
            (1000 + number)
                * (ARRAY[92, 84, 95, 97, 99, 96, 88, 86, 98, 106, 142, 150])[extract(month FROM DATE '2024-01-01' + number)::integer]
                * (ARRAY[118, 112, 108, 106, 110, 78, 68])[extract(isodow FROM DATE '2024-01-01' + number)::integer] AS weight
        FROM generate_series(0, DATE '2026-12-31' - DATE '2024-01-01') AS number
    ) AS weighted
) AS shared;

CREATE TEMPORARY TABLE demo_note (
    id integer NOT NULL GENERATED ALWAYS AS IDENTITY (START WITH 0 MINVALUE 0),
    note text NOT NULL
)
ON COMMIT DROP;

INSERT INTO demo_note (note)
VALUES
    ('Leave with the neighbour'), ('Gift wrap the {product}, no invoice in the parcel'), ('Ring twice, the bell is "moody"'), ('Deliver to the back door, not the front'),
    ('Bitte beim Pförtner abgeben, Gebäude B, 3. Stock'), ('Größe getauscht: {product}; alte Rechnung stornieren'), ('Für Käthe – alles Gute zum 60. Geburtstag! 🎂'),
    ('Livraison l''après-midi, s''il vous plaît'), ('Appeler avant : « sonnette cassée »'), ('Entregar mañana, después de las 17:00'),
    ('時間指定：午前中'), ('请放在门口，谢谢'), ('Доставить после 18:00, код домофона 42'), ('문 앞에 놓아 주세요'), ('Παράδοση στο γραφείο'),
    (E'First line\nsecond line'), (E'{product}: please check\r\n- colour\r\n- size, and\r\n- "that thing" on the label'), (E'Column one\tcolumn two'),
    ('=SUM(A1:A9)'), ('=HYPERLINK("https://example.com";"invoice")'), ('-10 % agreed by phone'), ('+49 30 5550100, ask for Jürgen'), ('@warehouse: check {product}'),
    ('Customer said: "It''s fine", then called again'), ('"'), ('""quoted twice""'), (','), (';'), ('a;b,c|d'), ('  leading and trailing blanks  '),
    ('NULL'), ('true'), ('007'), ('1e5'), ('12/05/2025'), ('C:\temp\label.txt'), ('<b>urgent</b> & fragile'), ('👩‍🚀🚲 thanks! ❤️'), ('naïve café – 5 €, ½ price'),
    ('Combine with the order of last week: {product}');

INSERT INTO demo.orders (
    id, order_no, ordered_at, due_on, customer, email, country, status, amount, tax_rate, items, weight_kg, is_gift, reference, tags, attributes, note)
SELECT
    ordered.id,
    lpad(ordered.id::text, 10, '0'),
    (ordered.day + make_interval(secs => ordered.second) + make_interval(secs => pg_temp.pick(hash, 0, 1000) / 1000.0)) AT TIME ZONE 'UTC',
    CASE WHEN ordered.status <> 'canceled' THEN ordered.day + (ARRAY[7, 14, 14, 30, 30, 60])[1 + pg_temp.pick(hash, 2, 6)] END,
    customer.name,
    customer.email,
    customer.country,
    ordered.status::demo.order_status,
    -- One order in 256 is a big one, and who buys more pays less for each.
    round(product.price * ordered.items * (100 - least(ordered.items, 20)) / 100 * CASE WHEN get_byte(hash, 4) = 0 THEN 25 ELSE 1 END, 2),
    CASE customer.country
        WHEN 'DE' THEN 0.19 WHEN 'AT' THEN 0.20 WHEN 'CH' THEN 0.081 WHEN 'FR' THEN 0.20 WHEN 'IT' THEN 0.22 WHEN 'ES' THEN 0.21 WHEN 'PT' THEN 0.23
        WHEN 'NL' THEN 0.21 WHEN 'PL' THEN 0.23 WHEN 'CZ' THEN 0.21 WHEN 'SE' THEN 0.25 WHEN 'DK' THEN 0.25 WHEN 'GB' THEN 0.20 WHEN 'IE' THEN 0.23
        WHEN 'US' THEN 0.0725 WHEN 'TR' THEN 0.20 WHEN 'GR' THEN 0.24 WHEN 'UA' THEN 0.20 WHEN 'BG' THEN 0.20 WHEN 'JP' THEN 0.10 WHEN 'CN' THEN 0.13
        ELSE 0.10
    END,
    ordered.items,
    CASE WHEN get_byte(hash, 5) > 4 THEN (ordered.items * product.weight_grams + pg_temp.pick(hash, 6, 400)) / 1000::double precision END,
    ordered.is_gift,
    md5('order ' || ordered.id)::uuid,
    CASE
        WHEN get_byte(hash, 8) < 128 THEN '{}'::text[]
        WHEN get_byte(hash, 8) < 192 THEN ARRAY['repeat']
        WHEN get_byte(hash, 8) < 232 THEN ARRAY['repeat', 'newsletter']
        WHEN get_byte(hash, 8) < 250 THEN ARRAY['vip', 'früh, bitte']
        ELSE ARRAY['b2b', 'say "hi"', '']
    END,
    jsonb_build_object(
        'channel', (ARRAY['web', 'web', 'app', 'phone', 'shop'])[1 + pg_temp.pick(hash, 10, 5)],
        'sku', product.sku,
        'coupon', CASE WHEN get_byte(hash, 12) < 26 THEN 'SPRING' || lpad(get_byte(hash, 13)::text, 3, '0') END),
    CASE
        WHEN pg_temp.pick(hash, 14, 100) < 40 THEN NULL
        WHEN pg_temp.pick(hash, 14, 100) < 45 THEN ''
        ELSE replace(note.note, '{product}', product.name)
    END
FROM (
    SELECT
        numbered.id,
        numbered.day,
        numbered.hash,
        -- Within a day the orders follow its rhythm: few at night, most in the evening.
        CASE
            WHEN place < 3277 THEN place * 21600 / 3277
            WHEN place < 13107 THEN 21600 + (place - 3277) * 14400 / 9830
            WHEN place < 29491 THEN 36000 + (place - 13107) * 14400 / 16384
            WHEN place < 45875 THEN 50400 + (place - 29491) * 14400 / 16384
            WHEN place < 62259 THEN 64800 + (place - 45875) * 14400 / 16384
            ELSE 79200 + (place - 62259) * 7200 / 3277
        END AS second,
        CASE
            WHEN age <= 3 THEN CASE WHEN chance < 45 THEN 'new' WHEN chance < 85 THEN 'paid' WHEN chance < 95 THEN 'shipped' ELSE 'canceled' END
            WHEN age <= 14 THEN CASE
                WHEN chance < 5 THEN 'new' WHEN chance < 25 THEN 'paid' WHEN chance < 70 THEN 'shipped'
                WHEN chance < 94 THEN 'delivered' WHEN chance < 96 THEN 'returned' ELSE 'canceled' END
            ELSE CASE WHEN chance < 88 THEN 'delivered' WHEN chance < 93 THEN 'returned' WHEN chance < 99 THEN 'canceled' ELSE 'paid' END
        END AS status,
        CASE
            WHEN get_byte(hash, 16) < 141 THEN 1
            WHEN get_byte(hash, 16) < 192 THEN 2
            WHEN get_byte(hash, 16) < 223 THEN 3
            WHEN get_byte(hash, 16) < 246 THEN 4 + get_byte(hash, 17) % 4
            ELSE 8 + get_byte(hash, 17) % 40
        END AS items,
        get_byte(hash, 18) < 18 AS is_gift,
        -- Old customers order more often, and nobody orders before becoming a customer.
        1 + ((numbered.day - DATE '2019-01-01')::bigint * 5000 / 2922 * square * square >> 32)::integer AS customer,
        -- So do some products.
        1 + (500::bigint * pg_temp.pick(hash, 22, 65536) * pg_temp.pick(hash, 22, 65536) >> 32)::integer AS product,
        pg_temp.pick(hash, 24, 40) AS note
    FROM (
        SELECT
            day.day,
            id,
            hash,
            (id - day.first) * 65536 / (day.last - day.first + 1) AS place,
            DATE '2026-12-31' - day.day AS age,
            pg_temp.pick(hash, 26, 100) AS chance,
            pg_temp.pick(hash, 20, 65536) AS square
        FROM demo_day AS day
        CROSS JOIN LATERAL generate_series(day.first, day.last) AS id
        CROSS JOIN LATERAL (
            SELECT sha256(int8send(2000000000 + id)) AS hash
            OFFSET 0
        ) AS hashed
        OFFSET 0
    ) AS numbered
    OFFSET 0
) AS ordered
JOIN demo.customer AS customer ON customer.id = ordered.customer
JOIN demo.products AS product ON product.id = ordered.product
JOIN demo_note AS note ON note.id = ordered.note;

CREATE INDEX orders_ordered_at ON demo.orders (ordered_at);

ANALYZE demo.orders;

DROP FUNCTION pg_temp.pick(bytea, integer, integer);
