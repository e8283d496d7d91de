-- Everything here is arithmetic on row numbers and their SHA-256, so that every machine gets the same rows.
CREATE SCHEMA demo;

COMMENT ON SCHEMA demo IS 'Invented data to try ExportHub with; the setting Demo:Seed says whether it is made';

-- A number from 0 to among - 1 out of two bytes of a hash.
CREATE FUNCTION pg_temp.pick(hash bytea, place integer, among integer)
RETURNS integer
LANGUAGE sql
IMMUTABLE
AS 'SELECT (get_byte(hash, place) * 256 + get_byte(hash, place + 1)) % among';

CREATE TEMPORARY TABLE demo_people (
    country char(2) NOT NULL,
    weight integer NOT NULL,
    given text[] NOT NULL,
    family text[] NOT NULL,
    handle text[] NOT NULL,
    company text[] NOT NULL
)
ON COMMIT DROP;

INSERT INTO demo_people (country, weight, given, family, handle, company)
VALUES
    ('DE', 22, '{Anna,Jürgen,Käthe,Lukas,Sören,Mia,Björn,Zoë}', '{Müller,Schröder,Weiß,Jäger,Köhler,Groß,Schäfer,Hübner-Öztürk}',
        '{mueller,schroeder,weiss,jaeger,koehler,gross,schaefer,huebner}', '{% GmbH,% & Söhne KG,"Bäckerei %, Inh. A. %",Ingenieurbüro % AG}'),
    ('AT', 5, '{Franz,Theres,Jörg,Elisabeth}', '{Gruber,Hörmann,Wögerbauer,Pölzl}', '{gruber,hoermann,woegerbauer,poelzl}', '{% Ges.m.b.H.,Gasthof %}'),
    ('CH', 5, '{Urs,Annelies,Reto,Chloé}', '{Bänziger,Zürcher,Müntener,Aeschlimann}', '{baenziger,zuercher,muentener,aeschlimann}', '{% AG,% & Cie SA}'),
    ('FR', 9, '{François,Zoé,Jean-Luc,Amélie,Loïc,Hélène}', '{Lefèvre,D''Aubigné,Garçon,Hébert,Noël,Bœuf}',
        '{lefevre,daubigne,garcon,hebert,noel,boeuf}', '{% SARL,Établissements %,"% & Fils, S.A."}'),
    ('IT', 5, '{Niccolò,Lucia,Giosuè,Chiara}', '{Dell''Acqua,D''Angelo,Rossi,Forlì}', '{dellacqua,dangelo,rossi,forli}', '{% S.p.A.,Fratelli % S.r.l.}'),
    ('ES', 5, '{José,Begoña,Íñigo,María}', '{Muñoz,Ibáñez,García Pérez,Núñez}', '{munoz,ibanez,garcia,nunez}', '{% S.L.,Hijos de %}'),
    ('PT', 3, '{João,Inês,Gonçalo,Conceição}', '{Magalhães,Araújo,Simões,Leitão}', '{magalhaes,araujo,simoes,leitao}', '{% Lda.}'),
    ('NL', 4, '{Daniël,Sanne,Joris,Renée}', '{van ''t Hoff,de Vries,IJsselstein,Koëter}', '{vanthoff,devries,ijsselstein,koeter}', '{% B.V.}'),
    ('PL', 5, '{Łukasz,Małgorzata,Świętosław,Zofia}', '{Wiśniewski,Dąbrowska,Żółć,Kaźmierczak}', '{wisniewski,dabrowska,zolc,kazmierczak}', '{% Sp. z o.o.}'),
    ('CZ', 3, '{Jiří,Zdeňka,Ondřej,Růžena}', '{Dvořák,Křížová,Šťastný,Němec}', '{dvorak,krizova,stastny,nemec}', '{% s.r.o.}'),
    ('SE', 3, '{Åsa,Göran,Märta,Håkan}', '{Sjöberg,Ångström,Öberg,Lindström}', '{sjoberg,angstrom,oberg,lindstrom}', '{% AB}'),
    ('DK', 2, '{Søren,Kirsten,Jørgen,Freja}', '{Sørensen,Kjær,Østergård,Møller}', '{sorensen,kjaer,ostergaard,moller}', '{% A/S}'),
    ('GB', 7, '{Oliver,Siân,Alistair,Chloë}', '{O''Neill,Smith-Jones,St. John,Llewellyn}', '{oneill,smithjones,stjohn,llewellyn}', '{% Ltd,"% & Sons, Ltd","The \"%\" Tea Room"}'),
    ('IE', 2, '{Siobhán,Pádraig,Aoife,Seán}', '{O''Brien,Ó Súilleabháin,McCarthy,D''Arcy}', '{obrien,osuilleabhain,mccarthy,darcy}', '{% Teoranta}'),
    ('US', 10, '{Emma,James,Renée,Scott,Aaliyah,Bob}', '{Johnson,O''Connor,Peña,Smith,"Null",de la Cruz}',
        '{johnson,oconnor,pena,smith,"null",delacruz}', '{"% Supply, Inc.","% Bros. LLC","\"Big\" % Hardware, Inc."}'),
    ('TR', 2, '{İbrahim,Ayşe,Çağla,Işıl}', '{Yılmaz,Öztürk,Şahin,Güneş}', '{yilmaz,ozturk,sahin,gunes}', '{% A.Ş.}'),
    ('GR', 1, '{Γιώργος,Ελένη,Νίκος,Σοφία}', '{Παπαδόπουλος,Ιωάννου,Αγγελόπουλος,Δημητρίου}', '{papadopoulos,ioannou,angelopoulos,dimitriou}', '{% Α.Ε.}'),
    ('UA', 2, '{Олександр,Оксана,Іван,Юлія}', '{Шевченко,Коваленко,Ґалаґан,Щербак}', '{shevchenko,kovalenko,galagan,shcherbak}', '{ТОВ «%»}'),
    ('BG', 1, '{Георги,Мария,Димитър,Елена}', '{Иванов,Петрова,Тодоров,Щерева}', '{ivanov,petrova,todorov,shtereva}', '{% ООД}'),
    ('JP', 2, '{翔太,美咲,健一,さくら}', '{佐藤,鈴木,髙橋,渡邊}', '{sato,suzuki,takahashi,watanabe}', '{株式会社%}'),
    ('CN', 1, '{伟,芳,秀英,𠮷}', '{王,李,张,欧阳}', '{wang,li,zhang,ouyang}', '{%有限公司}'),
    ('KR', 1, '{지훈,서연,민준,하은}', '{김,이,박,최}', '{kim,lee,park,choi}', '{주식회사 %}');

CREATE TABLE demo.customer (
    id integer NOT NULL PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL,
    country char(2) NOT NULL,
    created_on date NOT NULL,
    is_business boolean NOT NULL
);

INSERT INTO demo.customer (id, name, email, country, created_on, is_business)
SELECT
    id,
    CASE
        WHEN is_business THEN replace(company[1 + pg_temp.pick(hash, 4, cardinality(company))], '%', family[who])
        -- Where the family name comes first.
        WHEN country IN ('JP', 'CN', 'KR') THEN family[who] || given[1 + pg_temp.pick(hash, 6, cardinality(given))]
        ELSE given[1 + pg_temp.pick(hash, 6, cardinality(given))] || ' ' || family[who]
    END,
    CASE
        WHEN is_business THEN 'office@' || handle[who] || id || '.example'
        ELSE handle[who] || '.' || id || '@example.' || (ARRAY['com', 'net', 'org'])[1 + pg_temp.pick(hash, 8, 3)]
    END,
    country,
    -- Evenly from 2019-01-01 to 2026-12-31.
    DATE '2019-01-01' + (id - 1) * 2922 / 5000,
    is_business
FROM (
    SELECT
        person.id,
        person.hash,
        people.*,
        1 + pg_temp.pick(person.hash, 2, cardinality(people.family)) AS who,
        pg_temp.pick(person.hash, 10, 100) < 18 AS is_business
    FROM (
        SELECT id, sha256(int8send(id)) AS hash
        FROM generate_series(1, 5000) AS id
        OFFSET 0
    ) AS person
    JOIN (
        SELECT *, sum(weight) OVER (ORDER BY country COLLATE "C") AS upto
        FROM demo_people
    ) AS people
        ON pg_temp.pick(person.hash, 0, 100) >= people.upto - people.weight
        AND pg_temp.pick(person.hash, 0, 100) < people.upto
    OFFSET 0
) AS chosen
ORDER BY id;

ANALYZE demo.customer;
