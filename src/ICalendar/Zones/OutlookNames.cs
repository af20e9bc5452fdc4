using System.Collections.Frozen;

namespace Convene.ICalendar;

/// <summary>The names of zones that Windows shows to people, which Outlook and Exchange write as TZID, without their offset in parentheses.</summary>
internal static class OutlookNames
{
    // The name of the zone, then what was or is shown for it.
    private const string Names =
        """
        Dateline Standard Time|International Date Line West
        UTC-11|Coordinated Universal Time-11
        Aleutian Standard Time|Aleutian Islands
        Hawaiian Standard Time|Hawaii
        Marquesas Standard Time|Marquesas Islands
        Alaskan Standard Time|Alaska
        UTC-09|Coordinated Universal Time-09
        Pacific Standard Time (Mexico)|Baja California|Tijuana, Baja California
        UTC-08|Coordinated Universal Time-08
        Pacific Standard Time|Pacific Time (US & Canada)|Pacific Time (US & Canada); Tijuana|Pacific Time (US & Canada), Tijuana|Pacific Time
        US Mountain Standard Time|Arizona
        Mountain Standard Time (Mexico)|Chihuahua, La Paz, Mazatlan|La Paz, Mazatlan|Mazatlan
        Mountain Standard Time|Mountain Time (US & Canada)|Mountain Time
        Yukon Standard Time|Yukon
        Central America Standard Time|Central America
        Central Standard Time|Central Time (US & Canada)|Central Time
        Easter Island Standard Time|Easter Island
        Central Standard Time (Mexico)|Guadalajara, Mexico City, Monterrey|Mexico City
        Canada Central Standard Time|Saskatchewan
        SA Pacific Standard Time|Bogota, Lima, Quito, Rio Branco|Bogota, Lima, Quito
        Eastern Standard Time (Mexico)|Chetumal
        Eastern Standard Time|Eastern Time (US & Canada)|Eastern Time
        Haiti Standard Time|Haiti
        Cuba Standard Time|Havana
        US Eastern Standard Time|Indiana (East)
        Turks And Caicos Standard Time|Turks and Caicos
        Paraguay Standard Time|Asuncion
        Atlantic Standard Time|Atlantic Time (Canada)
        Venezuela Standard Time|Caracas
        Central Brazilian Standard Time|Cuiaba
        SA Western Standard Time|Georgetown, La Paz, Manaus, San Juan|Caracas, La Paz
        Pacific SA Standard Time|Santiago
        Newfoundland Standard Time|Newfoundland
        Tocantins Standard Time|Araguaina
        E. South America Standard Time|Brasilia|Brasília
        SA Eastern Standard Time|Cayenne, Fortaleza|Georgetown
        Argentina Standard Time|City of Buenos Aires|Buenos Aires
        Greenland Standard Time|Greenland
        Montevideo Standard Time|Montevideo
        Magallanes Standard Time|Punta Arenas
        Saint Pierre Standard Time|Saint Pierre and Miquelon
        Bahia Standard Time|Salvador
        UTC-02|Coordinated Universal Time-02|Mid-Atlantic
        Azores Standard Time|Azores
        Cape Verde Standard Time|Cabo Verde Is.|Cape Verde Is.
        UTC|Coordinated Universal Time|Microsoft/Utc|tzone://Microsoft/Utc
        GMT Standard Time|Dublin, Edinburgh, Lisbon, London|Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London|Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London
        Greenwich Standard Time|Monrovia, Reykjavik|Casablanca, Monrovia, Reykjavik
        Sao Tome Standard Time|Sao Tome
        Morocco Standard Time|Casablanca
        W. Europe Standard Time|Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna
        Central Europe Standard Time|Belgrade, Bratislava, Budapest, Ljubljana, Prague|Belgrade, Pozsony, Budapest, Ljubljana, Prague
        Romance Standard Time|Brussels, Copenhagen, Madrid, Paris
        Central European Standard Time|Sarajevo, Skopje, Warsaw, Zagreb|Sarajevo, Skopje, Sofija, Vilnius, Warsaw, Zagreb
        W. Central Africa Standard Time|West Central Africa
        Jordan Standard Time|Amman
        GTB Standard Time|Athens, Bucharest|Athens, Bucharest, Istanbul|Athens, Istanbul, Minsk
        Middle East Standard Time|Beirut
        Egypt Standard Time|Cairo
        E. Europe Standard Time|Chisinau
        Syria Standard Time|Damascus
        West Bank Standard Time|Gaza, Hebron
        South Africa Standard Time|Harare, Pretoria
        FLE Standard Time|Helsinki, Kyiv, Riga, Sofia, Tallinn, Vilnius|Helsinki, Kiev, Riga, Sofia, Tallinn, Vilnius|Helsinki, Riga, Tallinn
        Israel Standard Time|Jerusalem|Jerusalem, Tel Aviv
        South Sudan Standard Time|Juba
        Kaliningrad Standard Time|Kaliningrad
        Sudan Standard Time|Khartoum
        Libya Standard Time|Tripoli
        Namibia Standard Time|Windhoek
        Arabic Standard Time|Baghdad
        Turkey Standard Time|Istanbul
        Arab Standard Time|Kuwait, Riyadh
        Belarus Standard Time|Minsk
        Russian Standard Time|Moscow, St. Petersburg|Moscow, St. Petersburg, Volgograd
        E. Africa Standard Time|Nairobi
        Iran Standard Time|Tehran
        Arabian Standard Time|Abu Dhabi, Muscat
        Astrakhan Standard Time|Astrakhan, Ulyanovsk
        Azerbaijan Standard Time|Baku
        Russia Time Zone 3|Izhevsk, Samara
        Mauritius Standard Time|Port Louis
        Saratov Standard Time|Saratov
        Georgian Standard Time|Tbilisi
        Volgograd Standard Time|Volgograd
        Caucasus Standard Time|Yerevan
        Afghanistan Standard Time|Kabul
        West Asia Standard Time|Ashgabat, Tashkent|Tashkent
        Ekaterinburg Standard Time|Ekaterinburg
        Pakistan Standard Time|Islamabad, Karachi|Islamabad, Karachi, Tashkent
        Qyzylorda Standard Time|Qyzylorda
        India Standard Time|Chennai, Kolkata, Mumbai, New Delhi|Kolkata, Chennai, Mumbai, New Delhi|Mumbai, Kolkata, Chennai, New Delhi
        Sri Lanka Standard Time|Sri Jayawardenepura
        Nepal Standard Time|Kathmandu
        Central Asia Standard Time|Bishkek|Astana|Nur-Sultan|Astana, Dhaka
        Bangladesh Standard Time|Dhaka
        Omsk Standard Time|Omsk
        Myanmar Standard Time|Yangon (Rangoon)|Rangoon
        SE Asia Standard Time|Bangkok, Hanoi, Jakarta
        Altai Standard Time|Barnaul, Gorno-Altaysk
        W. Mongolia Standard Time|Hovd
        North Asia Standard Time|Krasnoyarsk
        N. Central Asia Standard Time|Novosibirsk|Almaty, Novosibirsk
        Tomsk Standard Time|Tomsk
        China Standard Time|Beijing, Chongqing, Hong Kong, Urumqi|Beijing, Chongqing, Hong Kong SAR, Urumqi
        North Asia East Standard Time|Irkutsk|Irkutsk, Ulaan Bataar
        Singapore Standard Time|Kuala Lumpur, Singapore
        W. Australia Standard Time|Perth
        Taipei Standard Time|Taipei
        Ulaanbaatar Standard Time|Ulaanbaatar
        Aus Central W. Standard Time|Eucla
        Transbaikal Standard Time|Chita
        Tokyo Standard Time|Osaka, Sapporo, Tokyo
        North Korea Standard Time|Pyongyang
        Korea Standard Time|Seoul
        Yakutsk Standard Time|Yakutsk
        Cen. Australia Standard Time|Adelaide
        AUS Central Standard Time|Darwin
        E. Australia Standard Time|Brisbane
        AUS Eastern Standard Time|Canberra, Melbourne, Sydney|Canberra, Melbourne, Hobart, Sydney
        West Pacific Standard Time|Guam, Port Moresby
        Tasmania Standard Time|Hobart
        Vladivostok Standard Time|Vladivostok
        Lord Howe Standard Time|Lord Howe Island
        Bougainville Standard Time|Bougainville Island
        Russia Time Zone 10|Chokurdakh
        Magadan Standard Time|Magadan
        Norfolk Standard Time|Norfolk Island
        Sakhalin Standard Time|Sakhalin
        Central Pacific Standard Time|Solomon Is., New Caledonia|Magadan, Solomon Is., New Caledonia
        Russia Time Zone 11|Anadyr, Petropavlovsk-Kamchatsky
        New Zealand Standard Time|Auckland, Wellington
        UTC+12|Coordinated Universal Time+12
        Fiji Standard Time|Fiji|Fiji, Kamchatka, Marshall Is.
        Chatham Islands Standard Time|Chatham Islands
        UTC+13|Coordinated Universal Time+13
        Tonga Standard Time|Nuku'alofa
        Samoa Standard Time|Samoa
        Line Islands Standard Time|Kiritimati Island
        """;

    /// <summary>The name of the zone by what is shown for it.</summary>
    internal static FrozenDictionary<string, string> Windows { get; } = Read();

    private static FrozenDictionary<string, string> Read()
    {
        var windows = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Names.Split('\n', StringSplitOptions.TrimEntries))
        {
            var names = line.Split('|');
            foreach (var shown in names.AsSpan(1))
                windows.Add(shown, names[0]);
        }
        return windows.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
