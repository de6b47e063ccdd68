namespace DotMac.Admin.Ui.Forms;

/// <summary>How a field of a form is filled in.</summary>
public enum FormKind
{
    /// <summary>A line of text.</summary>
    Text,

    /// <summary>Several lines of text.</summary>
    Lines,

    /// <summary>A secret of a line.</summary>
    Secret,

    /// <summary>A secret of several lines, such as a private key.</summary>
    SecretLines,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>One of several.</summary>
    Choice,

    /// <summary>Fields that belong together.</summary>
    Group,

    /// <summary>Any number of the same.</summary>
    List,

    /// <summary>Any number of the same, each with a name.</summary>
    Map,

    /// <summary>What no form can be made for: JSON.</summary>
    Json,
}
