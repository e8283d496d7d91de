CREATE TABLE demo.products (
    id integer NOT NULL PRIMARY KEY,
    sku text NOT NULL UNIQUE,
    ean text NOT NULL,
    name text NOT NULL,
    category text NOT NULL,
    price numeric(10, 2) NOT NULL,
    stock integer NOT NULL,
    weight_grams integer NOT NULL,
    dimensions text,
    launched_on date NOT NULL,
    discontinued boolean NOT NULL,
    description text
);

INSERT INTO demo.products (id, sku, ean, name, category, price, stock, weight_grams, dimensions, launched_on, discontinued, description)
SELECT
    id,
    lpad((id * 37)::text, 8, '0'),
    '0' || lpad((400638133000 + id * 7)::text, 12, '0'),
    kind || ' ' || (ARRAY['Classic', 'Größe M', 'Größe XL', 'Café', '27"', '½"', 'Pro', 'Mini', '№ 5', '限定版'])[1 + (id - 1) % 10],
    category,
    -- Many cheap ones, few dear ones: 1,638,400 / (number from 512 to 66,047) lies between 24.80 and 3,200.
    round(1638400.0 / (512 + pg_temp.pick(hash, 0, 65536)) - 20.05, 2),
    pg_temp.pick(hash, 2, 1200),
    40 + pg_temp.pick(hash, 4, 12000),
    CASE
        WHEN pg_temp.pick(hash, 6, 10) > 0
            THEN (5 + pg_temp.pick(hash, 8, 90)) || ' × ' || (5 + pg_temp.pick(hash, 10, 60)) || ' × ' || (1 + pg_temp.pick(hash, 12, 40)) || ' cm'
    END,
    DATE '2019-01-01' + pg_temp.pick(hash, 14, 2700),
    pg_temp.pick(hash, 16, 12) = 0,
    CASE
        WHEN pg_temp.pick(hash, 18, 5) > 0
            THEN 'The ' || lower(kind COLLATE "C") || ' for every day, "as it should be".' || CASE WHEN pg_temp.pick(hash, 20, 3) = 0 THEN E'\nCare: wipe clean; do not soak.' ELSE '' END
    END
FROM (
    SELECT
        id,
        sha256(int8send(1000000000 + id)) AS hash,
        (ARRAY[
            'Espresso cup', 'Teapot', 'Bread knife', 'Cutting board', 'Desk lamp', 'Office chair', 'Monitor arm', 'Notebook', 'Fountain pen', 'Backpack',
            'Rain jacket', 'Wool socks', 'Trekking pole', 'Sleeping bag', 'Bicycle pump', 'Garden hose', 'Pruning shears', 'Flower pot', 'Cordless drill', 'Screwdriver set',
            'Tape measure', 'Work gloves', 'Headphones', 'Keyboard', 'USB-C cable', 'Power bank', 'Webcam', 'Picture frame', 'Bath towel', 'Duvet cover',
            'Candle', 'Wall clock', 'Chess set', 'Puzzle, 1,000 pieces', 'Kite', 'Yoga mat', 'Kettlebell', 'Water bottle', 'Lunch box', 'Umbrella',
            'Suitcase', 'Travel pillow', 'Toolbox', 'Ladder', 'Paint roller', 'Door handle', 'Bird feeder', 'Dog lead', 'Cat tree', 'Aquarium'
        ])[1 + (id - 1) / 10] AS kind,
        (ARRAY['Kitchen', 'Office', 'Outdoor', 'Garden', 'Tools', 'Electronics', 'Home', 'Toys & games', 'Travel', 'Pets'])[
            (ARRAY[1, 1, 1, 1, 2, 2, 2, 2, 2, 9, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 3, 3, 3, 1, 9, 9, 9, 5, 5, 5, 5, 10, 10, 10, 10])[
                1 + (id - 1) / 10]] AS category
    FROM generate_series(1, 500) AS id
    OFFSET 0
) AS product
ORDER BY id;

ANALYZE demo.products;
